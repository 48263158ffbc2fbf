using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Core.Domains.Integrations;
using Portal.Webhooks;

namespace Portal.Simulators;

/// <summary>Twilio's messages of 2010-04-01, with its magic numbers. A number that ends in an error code of theirs, like …30003, fails with it.</summary>
internal sealed class TwilioSimulator : Simulator
{
    private const string Message = "message";
    private const string Root = "2010-04-01/Accounts/{account}";
    private const int UsualPage = 50;
    private const int LongestPage = 1000;
    private const decimal Price = 0.05m;

    private static readonly Dictionary<string, (int Code, string Words)> MagicTo = new()
    {
        ["+15005550001"] = (21211, "Invalid 'To' Phone Number"),
        ["+15005550002"] = (21612, "The 'To' phone number is not currently reachable"),
        ["+15005550003"] = (21408, "Permission to send an SMS has not been enabled for the region"),
        ["+15005550004"] = (21610, "Attempt to send to unsubscribed recipient"),
        ["+15005550009"] = (21614, "'To' number is not a valid mobile number"),
    };

    private static readonly Dictionary<string, (int Code, string Words)> MagicFrom = new()
    {
        ["+15005550001"] = (21212, "Invalid 'From' Phone Number"),
        ["+15005550007"] = (21606, "The 'From' phone number is not a valid, SMS-capable number of your account"),
        ["+15005550008"] = (21611, "The 'From' number has exceeded the maximum number of queued messages"),
    };

    private static readonly string[] Failures = ["30003", "30004", "30005", "30006", "30007", "30008"];

    public override Provider Provider => Provider.Twilio;

    public override IReadOnlyList<SimulatedRoute> Routes { get; } =
    [
        new("POST", Root + "/Messages.json", SendAsync),
        new("GET", Root + "/Messages.json", ListAsync),
        new("GET", Root + "/Messages/{sid}", FindAsync),
        new("GET", Root + "/Balance.json", BalanceAsync),
    ];

    public override IReadOnlyList<SimulatedAct> Acts { get; } =
    [
        new("deliver", Message, (world, sms) => HappenAsync(world, sms, new("delivered", 0))),
        new("fail", Message, (world, sms) => HappenAsync(world, sms, new("undelivered", 0) { Code = "30003" })),
        new("reply", Message, ReplyAsync),
    ];

    public override (string? Name, string? Word) Credentials(SimulatorHttp http) => Basic(http);

    public override SimulatedReply No(int status, string code, string words) => Error(status, status switch { StatusCodes.Status401Unauthorized => 20003, StatusCodes.Status404NotFound => 20404, StatusCodes.Status429TooManyRequests => 20429, _ => 20500 }, words);

    private static SimulatedReply Error(int status, int code, string words) =>
        new(status, new JsonObject { ["code"] = code, ["message"] = words, ["more_info"] = Wire.Invariant($"https://www.twilio.com/docs/errors/{code}"), ["status"] = status });

    private static async Task<SimulatedReply> SendAsync(SimulatedCall call)
    {
        var (world, body) = (call.World, call.Body);
        var (to, from, text) = (body.Text("To") ?? "", body.Text("From") ?? body.Text("MessagingServiceSid"), body.Text("Body") ?? "");
        var number = to.Replace("whatsapp:", "", StringComparison.Ordinal);
        if (call["account"] != call.Guest!.Key)
            return Error(StatusCodes.Status404NotFound, 20404, "The requested resource was not found");
        if (number is not ['+', ..] || number.Length is < 8 or > 16 || !number[1..].All(char.IsAsciiDigit))
            return Error(StatusCodes.Status400BadRequest, 21211, $"Invalid 'To' Phone Number: {number}");
        if (from is null)
            return Error(StatusCodes.Status400BadRequest, 21603, "A 'From' phone number is required.");
        if (text.Length is 0 or > 1600)
            return Error(StatusCodes.Status400BadRequest, text.Length == 0 ? 21602 : 21617, "The message body is missing or longer than 1600 characters.");
        if (MagicTo.TryGetValue(number, out var no) || MagicFrom.TryGetValue(from, out no))
            return Error(StatusCodes.Status400BadRequest, no.Code, no.Words);
        var sms = world.Add(Message, "SM" + Guid.CreateVersion7().ToString("N"), Taken(call, to, from, text), number);
        var steps = Steps(world, number);
        Outcome.Plan(world, sms, steps);
        foreach (var step in steps.Skip(1))
            Tell(world, sms, step);
        await SpendAsync(world);
        return new(StatusCodes.Status201Created, Show(world, sms));
    }

    private static JsonObject Taken(SimulatedCall call, string to, string from, string text) => new()
    {
        ["to"] = to,
        ["from"] = from,
        ["body"] = text,
        ["account_sid"] = call["account"],
        ["date_created"] = call.World.Now.ToString("R", CultureInfo.InvariantCulture),
        ["num_segments"] = Math.Max(1, (text.Length + 152) / 153).ToString(CultureInfo.InvariantCulture),
        ["_callback"] = OwnPath(call.World, call.Body.Text("StatusCallback")),
    };

    /// <summary>Called back is this portal and nobody else, whatever a request says.</summary>
    private static string? OwnPath(SimulatedWorld world, string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var given) && Uri.Compare(given, world.Home, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0 && given.PathAndQuery is { Length: <= 200 } path && WebhookDoor.IsOne(given.AbsolutePath) ? path : null;

    private static Step[] Steps(SimulatedWorld world, string to) => (Failures.FirstOrDefault(f => to.EndsWith(f, StringComparison.Ordinal)) ?? (world.Fails ? "30008" : null)) is { } code
        ? [new("queued", 0), new("sent", 0.3), new("undelivered", 1) { Code = code }]
        : [new("queued", 0), new("sent", 0.3), new("delivered", 1)];

    private static async Task<SimulatedReply> FindAsync(SimulatedCall call) =>
        await call.World.FindAsync(Message, call["sid"].Replace(".json", "", StringComparison.Ordinal)) is { } sms
            ? new(StatusCodes.Status200OK, Show(call.World, sms))
            : Error(StatusCodes.Status404NotFound, 20404, "The requested resource was not found");

    private static async Task<SimulatedReply> ListAsync(SimulatedCall call)
    {
        var most = (int)Math.Clamp(call.Query.Number("PageSize") ?? UsualPage, 1, LongestPage);
        var found = await call.World.ListAsync(Message, call.Query.Text("To")?.Replace("whatsapp:", "", StringComparison.Ordinal), most);
        return new(StatusCodes.Status200OK, new JsonObject { ["messages"] = Wire.Array(found.Select(sms => Show(call.World, sms))), ["page"] = 0, ["page_size"] = most });
    }

    private static async Task<SimulatedReply> BalanceAsync(SimulatedCall call)
    {
        var spent = await SpentAsync(call.World);
        return new(StatusCodes.Status200OK, new JsonObject { ["account_sid"] = call["account"], ["balance"] = (100m - spent.Data.Number("messages")!.Value * Price).ToString("F2", CultureInfo.InvariantCulture), ["currency"] = "USD" });
    }

    private static async Task<SimulatedThing> SpentAsync(SimulatedWorld world) => await world.FindAsync("balance", "balance") ?? world.Add("balance", "balance", new() { ["messages"] = 0 });

    private static async Task SpendAsync(SimulatedWorld world)
    {
        var spent = await SpentAsync(world);
        spent.Data["messages"] = spent.Data.Number("messages")!.Value + 1;
    }

    private static JsonObject Show(SimulatedWorld world, SimulatedThing sms)
    {
        var ((status, code), shown) = (Outcome.Now(world, sms, "queued"), sms.Shown);
        var isOver = status is "delivered" or "undelivered";
        (shown["sid"], shown["status"], shown["direction"], shown["api_version"]) = (sms.Id, status, "outbound-api", "2010-04-01");
        (shown["error_code"], shown["error_message"]) = (code is null ? null : int.Parse(code, CultureInfo.InvariantCulture), code is null ? null : "The message could not be delivered.");
        (shown["price"], shown["price_unit"], shown["num_media"]) = (isOver ? (-Price).ToString("F5", CultureInfo.InvariantCulture) : null, "USD", "0");
        (shown["date_sent"], shown["date_updated"], shown["messaging_service_sid"]) = (status is "queued" ? null : shown.Text("date_created"), shown.Text("date_created"), null);
        shown["uri"] = $"/2010-04-01/Accounts/{sms.Data.Text("account_sid")}/Messages/{sms.Id}.json";
        shown["subresource_uris"] = new JsonObject();
        return shown;
    }

    private static Task HappenAsync(SimulatedWorld world, SimulatedThing sms, Step step)
    {
        Outcome.Happen(world, sms, step);
        Tell(world, sms, step);
        return Task.CompletedTask;
    }

    private static void Tell(SimulatedWorld world, SimulatedThing sms, Step step) => Tell(world, sms, step.Status, step.Late, new()
    {
        ["MessageSid"] = sms.Id,
        ["SmsSid"] = sms.Id,
        ["MessageStatus"] = step.Status,
        ["SmsStatus"] = step.Status,
        ["AccountSid"] = sms.Data.Text("account_sid"),
        ["To"] = sms.Data.Text("to"),
        ["From"] = sms.Data.Text("from"),
        ["ErrorCode"] = step.Code,
        ["ApiVersion"] = "2010-04-01",
    });

    private static void Tell(SimulatedWorld world, SimulatedThing sms, string type, double late, Dictionary<string, string?> fields) =>
        world.CallBack(sms.Id, type, SimulatedWorld.Id("", 22), QueryHelpers.AddQueryString("", fields).TrimStart('?'), late, sms.Data.Text("_callback"));

    private static Task ReplyAsync(SimulatedWorld world, SimulatedThing sms)
    {
        var id = "SM" + Guid.CreateVersion7().ToString("N");
        Tell(world, sms, "received", 0, new()
        {
            ["MessageSid"] = id,
            ["SmsSid"] = id,
            ["SmsStatus"] = "received",
            ["AccountSid"] = sms.Data.Text("account_sid"),
            ["From"] = sms.Data.Text("to"),
            ["To"] = sms.Data.Text("from"),
            ["Body"] = "STOP",
            ["NumSegments"] = "1",
            ["ApiVersion"] = "2010-04-01",
        });
        return Task.CompletedTask;
    }
}
