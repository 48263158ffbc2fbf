using System.Globalization;
using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;

namespace Portal.Simulators;

/// <summary>Resend: takes mail, once for each key, and tells what became of it as Svix signs it.</summary>
internal sealed class ResendSimulator : Simulator
{
    private const string Message = "message";

    public override Provider Provider => Provider.Resend;

    public override int MostBytes => 8 << 20;

    public override IReadOnlyList<SimulatedRoute> Routes { get; } =
    [
        new("POST", "emails", SendAsync),
        new("GET", "emails/{id}", FindAsync),
        new("GET", "domains", _ => Task.FromResult(new SimulatedReply(StatusCodes.Status200OK, Domains))),
    ];

    public override IReadOnlyList<SimulatedAct> Acts { get; } =
    [
        new("open", Message, (world, mail) => HappenAsync(world, mail, new("opened", 0))),
        new("bounce", Message, (world, mail) => HappenAsync(world, mail, new("bounced", 0) { Code = "Permanent", Words = "The address does not exist." })),
        new("complain", Message, (world, mail) => HappenAsync(world, mail, new("complained", 0))),
        MailFates.Lift,
    ];

    private static JsonObject Domains => new()
    {
        ["object"] = "list",
        ["has_more"] = false,
        ["data"] = new JsonArray(new JsonObject { ["id"] = "d91cd9bd-1176-453e-8fc1-35364d380206", ["name"] = "simulator.example", ["status"] = "verified", ["created_at"] = "2026-01-01T00:00:00.000Z", ["region"] = "eu-west-1" }),
    };

    public override string? OnceKey(SimulatorHttp http) => http.Header("Idempotency-Key");

    public override SimulatedReply No(int status, string code, string words) => code is "idempotency_error"
        ? Error(StatusCodes.Status409Conflict, "invalid_idempotent_request", words)
        : Error(status, code, words);

    private static SimulatedReply Error(int status, string name, string words) => new(status, new JsonObject { ["statusCode"] = status, ["name"] = name, ["message"] = words });

    private static async Task<SimulatedReply> SendAsync(SimulatedCall call)
    {
        var (world, body) = (call.World, call.Body);
        var to = body.Items("to") is [var first, ..] ? first.Text() : body.Text("to");
        if (body.Text("from") is not { } from || !from.Contains('@', StringComparison.Ordinal))
            return Error(StatusCodes.Status422UnprocessableEntity, "invalid_from_address", "Invalid `from` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.");
        if (to?.Contains('@', StringComparison.Ordinal) is not true || to.StartsWith("invalid@", StringComparison.OrdinalIgnoreCase))
            return Error(StatusCodes.Status422UnprocessableEntity, "validation_error", "Invalid `to` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.");
        var mail = world.Add(Message, Guid.CreateVersion7().ToString(), new()
        {
            ["to"] = to,
            ["from"] = from,
            ["subject"] = body.Text("subject"),
            ["text"] = body.Text("text"),
            ["html"] = body.Text("html"),
            ["created_at"] = Time(world.Now),
            ["tags"] = new JsonObject(body.Items("tags").Select(t => KeyValuePair.Create(t.Text("name") ?? "", (JsonNode?)t.Text("value"))).DistinctBy(t => t.Key)),
        }, to);
        var steps = Steps(await MailFates.OfAsync(world, to));
        Outcome.Plan(world, mail, steps);
        foreach (var step in steps)
            await TellAsync(world, mail, step);
        return new(StatusCodes.Status200OK, new JsonObject { ["id"] = mail.Id });
    }

    private static async Task<SimulatedReply> FindAsync(SimulatedCall call)
    {
        if (await call.World.FindAsync(Message, call["id"]) is not { } mail)
            return Error(StatusCodes.Status404NotFound, "not_found", "Email not found");
        var shown = new JsonObject { ["object"] = "email", ["id"] = mail.Id, ["to"] = new JsonArray(mail.Data.Text("to")), ["last_event"] = Outcome.Now(call.World, mail, "queued").Status };
        foreach (var name in new[] { "from", "subject", "text", "html", "created_at" })
            shown[name] = mail.Data.Text(name);
        (shown["cc"], shown["bcc"], shown["reply_to"]) = (new JsonArray(), new JsonArray(), new JsonArray());
        return new(StatusCodes.Status200OK, shown);
    }

    private static Step[] Steps(MailFate fate) => fate switch
    {
        MailFate.Dropped => [new("sent", 0.2), new("suppressed", 0.5) { Words = "The address is on the suppression list." }],
        MailFate.Bounced => [new("sent", 0.2), new("bounced", 1) { Code = "Permanent", Words = "The address does not exist." }],
        MailFate.Blocked => [new("sent", 0.2), new("bounced", 1) { Code = "Transient", Words = "The server does not take mail from here now." }],
        MailFate.Deferred => [new("sent", 0.2), new("delivery_delayed", 1), new("delivered", 4)],
        MailFate.Complained => [new("sent", 0.2), new("delivered", 1), new("complained", 3)],
        MailFate.Unread => [new("sent", 0.2), new("delivered", 1)],
        _ => [new("sent", 0.2), new("delivered", 1), new("opened", 3)],
    };

    private static Task HappenAsync(SimulatedWorld world, SimulatedThing mail, Step step)
    {
        Outcome.Happen(world, mail, step);
        return TellAsync(world, mail, step);
    }

    private static async Task TellAsync(SimulatedWorld world, SimulatedThing mail, Step step)
    {
        var at = Time(world.Now.AddSeconds(world.Settings.CallbackSeconds * step.Late));
        var data = new JsonObject
        {
            ["email_id"] = mail.Id,
            ["from"] = mail.Data.Text("from"),
            ["to"] = new JsonArray(mail.Data.Text("to")),
            ["subject"] = mail.Data.Text("subject"),
            ["created_at"] = mail.Data.Text("created_at"),
            ["tags"] = mail.Data.Inside("tags"),
        };
        if (step.Status is "bounced")
            data["bounce"] = new JsonObject { ["type"] = step.Code, ["subType"] = "General", ["message"] = step.Words };
        if (step.Status is "suppressed")
            data["suppressed"] = new JsonObject { ["type"] = "OnAccountSuppressionList", ["message"] = step.Words };
        if ((step.Status is "bounced" && step.Code is "Permanent") || step.Status is "complained")
            await MailFates.SuppressAsync(world, mail.Data.Text("to")!);
        var type = $"email.{step.Status}";
        world.CallBack(mail.Id, type, SimulatedWorld.Id("msg_", 27), new JsonObject { ["type"] = type, ["created_at"] = at, ["data"] = data }.ToJsonString(), step.Late);
    }

    private static string Time(DateTime at) => at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
