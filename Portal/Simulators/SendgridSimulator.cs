using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;

namespace Portal.Simulators;

/// <summary>SendGrid v3: takes mail, and tells what became of it in signed batches.</summary>
internal sealed class SendgridSimulator : Simulator
{
    private const string Message = "message";

    public override Provider Provider => Provider.Sendgrid;

    // A mail with attachments.
    public override int MostBytes => 8 << 20;

    public override IReadOnlyList<SimulatedRoute> Routes { get; } = [new("POST", "v3/mail/send", SendAsync)];

    public override IReadOnlyList<SimulatedAct> Acts { get; } =
    [
        new("open", Message, (world, mail) => HappenAsync(world, mail, new("open", 0))),
        new("bounce", Message, (world, mail) => HappenAsync(world, mail, new("bounce", 0) { Words = "550 5.1.1 The address does not exist." })),
        new("complain", Message, (world, mail) => HappenAsync(world, mail, new("spamreport", 0))),
        MailFates.Lift,
    ];

    public override SimulatedReply No(int status, string code, string words) => Error(status, code, words);

    private static SimulatedReply Error(int status, string? field, string words) =>
        new(status, new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["message"] = words, ["field"] = field, ["help"] = null }) });

    private static async Task<SimulatedReply> SendAsync(SimulatedCall call)
    {
        var (world, body) = (call.World, call.Body);
        var to = body.Items("personalizations").SelectMany(p => p.Items("to")).Select(t => t.Text("email")).OfType<string>().FirstOrDefault();
        var from = body.Text("from", "email");
        if (from?.Contains('@', StringComparison.Ordinal) is not true)
            return Error(StatusCodes.Status400BadRequest, "from.email", "The from email does not contain a valid address.");
        if (to?.Contains('@', StringComparison.Ordinal) is not true || to.StartsWith("invalid@", StringComparison.OrdinalIgnoreCase))
            return Error(StatusCodes.Status400BadRequest, "personalizations.0.to.0.email", "Does not contain a valid address.");
        if (body.Items("content").Count == 0)
            return Error(StatusCodes.Status400BadRequest, "content", "The content value must be an array with at least one content.");
        if (body.Flag("mail_settings", "sandbox_mode", "enable"))
            return new(StatusCodes.Status200OK);
        var id = SimulatedWorld.Id("", 22);
        var mail = world.Add(Message, id, new()
        {
            ["to"] = to,
            ["from"] = from,
            ["subject"] = body.Text("personalizations", "0", "subject") ?? body.Text("subject"),
            ["text"] = Content(body, "text/plain"),
            ["html"] = Content(body, "text/html"),
            ["attachments"] = Wire.Array(body.Items("attachments").Select(a => (JsonNode?)a.Text("filename"))),
            ["custom_args"] = body.Inside("custom_args"),
        }, to);
        var steps = Steps(await MailFates.OfAsync(world, to));
        Outcome.Plan(world, mail, steps);
        foreach (var step in steps)
            await TellAsync(world, mail, step);
        return new(StatusCodes.Status202Accepted) { Headers = [("X-Message-Id", id)] };
    }

    private static string? Content(JsonObject body, string type) => body.Items("content").FirstOrDefault(c => c.Text("type") == type).Text("value");

    private static Step[] Steps(MailFate fate) => fate switch
    {
        MailFate.Dropped => [new("dropped", 0.5) { Words = "Bounced Address" }],
        MailFate.Bounced => [new("processed", 0.2), new("bounce", 1) { Words = "550 5.1.1 The address does not exist." }],
        MailFate.Blocked => [new("processed", 0.2), new("bounce", 1) { Code = "blocked", Words = "421 The server does not take mail from here now." }],
        MailFate.Deferred => [new("processed", 0.2), new("deferred", 1) { Words = "451 Try again later." }, new("delivered", 4)],
        MailFate.Complained => [new("processed", 0.2), new("delivered", 1), new("spamreport", 3)],
        MailFate.Unread => [new("processed", 0.2), new("delivered", 1)],
        _ => [new("processed", 0.2), new("delivered", 1), new("open", 3)],
    };

    private static Task HappenAsync(SimulatedWorld world, SimulatedThing mail, Step step)
    {
        Outcome.Happen(world, mail, step);
        return TellAsync(world, mail, step);
    }

    private static async Task TellAsync(SimulatedWorld world, SimulatedThing mail, Step step)
    {
        var id = SimulatedWorld.Id("", 22);
        var told = mail.Data.Inside("custom_args");
        told["email"] = mail.Data.Text("to");
        told["timestamp"] = world.Seconds + (long)(world.Settings.CallbackSeconds * step.Late);
        told["event"] = step.Status;
        told["sg_event_id"] = id;
        told["sg_message_id"] = $"{mail.Id}.filterdrecv-simulator-1";
        told["category"] = new JsonArray();
        if (step.Status is "bounce")
            (told["type"], told["status"]) = (step.Code ?? "bounce", step.Code is null ? "5.1.1" : "4.0.0");
        if (step.Words is { } words)
            told[step.Status is "deferred" ? "response" : "reason"] = words;
        if ((step.Status is "bounce" && step.Code is null) || step.Status is "spamreport")
            await MailFates.SuppressAsync(world, mail.Data.Text("to")!);
        world.CallBack(mail.Id, step.Status, id, new JsonArray(told).ToJsonString(), step.Late);
    }
}
