using System.Globalization;
using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;

namespace Portal.Simulators;

/// <summary>
/// WhatsApp's Cloud API: messages that are sent, delivered and read; templates that are approved after a while, unless their name begins with
/// reject. A number that ends in one of Meta's codes, like …131026, fails with it; so does what is no template where nobody has written within a day.
/// </summary>
internal sealed class WhatsappSimulator : Simulator
{
    private const string Message = "message";
    private const string Template = "template";
    private const string Media = "media";
    private const double Approval = 8;

    /// <summary>Known at once, as they are; told later.</summary>
    private static readonly Dictionary<string, string> AtOnce = new()
    {
        ["131030"] = "Recipient phone number not in allowed list",
        ["131056"] = "(Business Account, Consumer Account) pair rate limit hit",
        ["130429"] = "Rate limit hit",
    };

    private static readonly Dictionary<string, string> Later = new()
    {
        ["131026"] = "Message undeliverable",
        ["131047"] = "Re-engagement message",
        ["131049"] = "This message was not delivered to maintain healthy ecosystem engagement.",
        ["131050"] = "User has stopped receiving marketing messages",
        ["131053"] = "Media upload error",
    };

    public override Provider Provider => Provider.Whatsapp;

    // Pictures and documents.
    public override int MostBytes => 9 << 20;

    public override IReadOnlyList<SimulatedRoute> Routes { get; } =
    [
        new("POST", "{version}/{number}/messages", SendAsync),
        new("POST", "{version}/{number}/media", UploadAsync),
        new("GET", "{version}/{account}/message_templates", TemplatesAsync),
        new("POST", "{version}/{account}/message_templates", AddTemplateAsync),
        new("GET", "{version}/{id}", NodeAsync),
    ];

    public override IReadOnlyList<SimulatedAct> Acts { get; } =
    [
        new("read", Message, (world, sent) => HappenAsync(world, sent, new("read", 0))),
        new("fail", Message, (world, sent) => HappenAsync(world, sent, new("failed", 0) { Code = "131026", Words = Later["131026"] })),
        new("reply", Message, (world, sent) => WhatsappWindow.WriteAsync(world, sent.Data.Text("to")!, sent.Data.Text("from")!, "Thank you!", answers: sent.Id)),
        WhatsappWindow.Write,
        new("approve", Template, (world, template) => DecideAsync(world, template, "APPROVED")),
        new("reject", Template, (world, template) => DecideAsync(world, template, "REJECTED")),
    ];

    public override SimulatedReply No(int status, string code, string words) => Error(status, status switch { StatusCodes.Status401Unauthorized => 190, StatusCodes.Status429TooManyRequests => 130429, >= 500 => 131000, _ => 100 }, words);

    private static SimulatedReply Error(int status, int code, string words) => new(status, new JsonObject
    {
        ["error"] = new JsonObject
        {
            ["message"] = Wire.Invariant($"(#{code}) {words}"),
            ["type"] = "OAuthException",
            ["code"] = code,
            ["error_data"] = new JsonObject { ["messaging_product"] = "whatsapp", ["details"] = words },
            ["fbtrace_id"] = SimulatedWorld.Id("A", 22),
        },
    });

    private static async Task<SimulatedReply> SendAsync(SimulatedCall call)
    {
        var (world, body) = (call.World, call.Body);
        var (to, type) = (body.Text("to") ?? "", body.Text("type") ?? "text");
        if (body.Text("messaging_product") is not "whatsapp" || to.Length is < 7 or > 15 || !to.All(char.IsAsciiDigit))
            return Error(StatusCodes.Status400BadRequest, 131009, "Parameter value is not valid: to");
        if (AtOnce.FirstOrDefault(f => to.EndsWith(f.Key, StringComparison.Ordinal)) is { Key: { } code, Value: var words })
            return Error(StatusCodes.Status400BadRequest, int.Parse(code, CultureInfo.InvariantCulture), words);
        if (type is "template" && await ApprovedAsync(call) is { } no)
            return no;
        if (body.At(type) is not JsonObject said || (said.Text("id") is { } media && type is not "template" && await world.FindAsync(Media, media) is null))
            return Error(StatusCodes.Status400BadRequest, 131009, $"Parameter value is not valid: {type}");
        var sent = world.Add(Message, SimulatedWorld.Id("wamid.", 44), new() { ["to"] = to, ["from"] = call["number"], ["type"] = type, [type] = said.DeepClone(), ["context"] = body.Inside("context") }, to);
        var steps = Steps(world, to, type is "template" || await WhatsappWindow.IsOpenAsync(world, to));
        Outcome.Plan(world, sent, steps);
        foreach (var step in steps)
            Tell(world, sent, step);
        return new(StatusCodes.Status200OK, new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["contacts"] = new JsonArray(new JsonObject { ["input"] = to, ["wa_id"] = to }),
            ["messages"] = new JsonArray(new JsonObject { ["id"] = sent.Id }),
        });
    }

    private static Step[] Steps(SimulatedWorld world, string to, bool isAllowed)
    {
        var failure = Later.FirstOrDefault(f => to.EndsWith(f.Key, StringComparison.Ordinal));
        if (failure.Key is null && !isAllowed)
            failure = new(WhatsappWindow.Closed, Later[WhatsappWindow.Closed]);
        if (failure.Key is null && world.Fails)
            failure = Later.First();
        return failure.Key is { } code ? [.. isAllowed ? new Step[] { new("sent", 0.3) } : [], new("failed", 1) { Code = code, Words = failure.Value }] : [new("sent", 0.3), new("delivered", 1), new("read", 3)];
    }

    /// <returns>Null where the template may be sent.</returns>
    private static async Task<SimulatedReply?> ApprovedAsync(SimulatedCall call)
    {
        var (name, language) = (call.Body.Text("template", "name") ?? "", call.Body.Text("template", "language", "code") ?? "");
        await SamplesAsync(call.World);
        if (await call.World.FindAsync(Template, Id(name, language)) is not { } template)
            return Error(StatusCodes.Status404NotFound, 132001, $"Template name does not exist in the translation: {name} ({language})");
        return StatusOf(call.World, template) is "APPROVED" ? null : Error(StatusCodes.Status400BadRequest, 132015, "Template is paused, rejected, or waits to be approved.");
    }

    private static Task<SimulatedReply> UploadAsync(SimulatedCall call)
    {
        if (call.Http.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) is not true || call.Http.Bytes.IsEmpty)
            return Task.FromResult(Error(StatusCodes.Status400BadRequest, 100, "The parameter file is required."));
        var id = string.Concat(Enumerable.Range(0, 16).Select(_ => Random.Shared.Next(10).ToString(CultureInfo.InvariantCulture)));
        call.World.Add(Media, id, new() { ["status"] = "uploaded", ["bytes"] = call.Http.Bytes.Length }, call["number"]);
        return Task.FromResult(new SimulatedReply(StatusCodes.Status200OK, new JsonObject { ["id"] = id }));
    }

    private static async Task<SimulatedReply> TemplatesAsync(SimulatedCall call)
    {
        await SamplesAsync(call.World);
        var (all, name) = (await call.World.ListAsync(Template, null, 1000), call.Query.Text("name"));
        return new(StatusCodes.Status200OK, new JsonObject { ["data"] = Wire.Array(all.Where(t => name is null || t.Data.Text("name") == name).Select(t => Show(call.World, t))), ["paging"] = new JsonObject { ["cursors"] = new JsonObject { ["before"] = "b", ["after"] = "a" } } });
    }

    private static async Task<SimulatedReply> AddTemplateAsync(SimulatedCall call)
    {
        var (world, body) = (call.World, call.Body);
        if (body.Text("name") is not { Length: <= 100 } name || body.Text("language") is not { Length: <= 10 } language || body.Text("category") is not { } category)
            return Error(StatusCodes.Status400BadRequest, 100, "A template needs a name, a language and a category.");
        if (await world.FindAsync(Template, Id(name, language)) is not null)
            return Error(StatusCodes.Status400BadRequest, 100, "There is already content in this language for this template.");
        var (number, verdict) = (Guid.CreateVersion7().ToString("N")[16..], name.StartsWith("reject", StringComparison.OrdinalIgnoreCase) ? "REJECTED" : "APPROVED");
        var template = Put(world, name, language, category, "PENDING", body.At("components")?.DeepClone() ?? new JsonArray(), number);
        (template.Data["_verdict"], template.Data["_at"]) = (verdict, world.Seconds + (long)(world.Settings.CallbackSeconds * Approval));
        TellTemplate(world, template, verdict, Approval);
        return new(StatusCodes.Status200OK, new JsonObject { ["id"] = template.Data.Text("id"), ["status"] = "PENDING", ["category"] = category });
    }

    /// <summary>A number of ours, a template, or something uploaded: Meta has one address for all.</summary>
    private static async Task<SimulatedReply> NodeAsync(SimulatedCall call)
    {
        var (world, id) = (call.World, call["id"]);
        if (await world.FindAsync("template_id", id) is { } known && await world.FindAsync(Template, known.Data.Text("template")) is { } template)
            return new(StatusCodes.Status200OK, Show(world, template));
        if (await world.FindAsync(Media, id) is { } media)
            return new(StatusCodes.Status200OK, new JsonObject { ["id"] = id, ["messaging_product"] = "whatsapp", ["url"] = world.Url($"/simulators/whatsapp/media/{id}"), ["file_size"] = media.Data.Number("bytes") });
        return call.Guest!.Settings["phone_number_id"] == id
            ? new(StatusCodes.Status200OK, new JsonObject { ["id"] = id, ["display_phone_number"] = "+1 555 010 0199", ["verified_name"] = "Simulator", ["quality_rating"] = "GREEN" })
            : Error(StatusCodes.Status404NotFound, 100, $"Object with ID '{id}' does not exist");
    }

    /// <summary>What each new account has.</summary>
    private static async Task SamplesAsync(SimulatedWorld world)
    {
        if (await world.FindAsync(Template, Id("hello_world", "en_US")) is null)
            Put(world, "hello_world", "en_US", "UTILITY", "APPROVED", new JsonArray(new JsonObject { ["type"] = "BODY", ["text"] = "Welcome and congratulations!" }), "1000000000000001");
    }

    private static SimulatedThing Put(SimulatedWorld world, string name, string language, string category, string status, JsonNode components, string number)
    {
        world.Add("template_id", number, new() { ["template"] = Id(name, language) });
        return world.Add(Template, Id(name, language), new() { ["id"] = number, ["name"] = name, ["language"] = language, ["category"] = category, ["status"] = status, ["components"] = components });
    }

    private static string Id(string name, string language) => $"{name}:{language}";

    private static string StatusOf(SimulatedWorld world, SimulatedThing template) =>
        template.Data.Text("status") is "PENDING" && template.Data.Number("_at") <= world.Seconds ? template.Data.Text("_verdict")! : template.Data.Text("status")!;

    private static JsonObject Show(SimulatedWorld world, SimulatedThing template)
    {
        var shown = template.Shown;
        shown["status"] = StatusOf(world, template);
        return shown;
    }

    private static Task DecideAsync(SimulatedWorld world, SimulatedThing template, string verdict)
    {
        template.Data["status"] = verdict;
        TellTemplate(world, template, verdict, 0);
        return Task.CompletedTask;
    }

    private static void TellTemplate(SimulatedWorld world, SimulatedThing template, string verdict, double late) => Tell(world, template.Id, "message_template_status_update", late, new()
    {
        ["event"] = verdict,
        ["message_template_id"] = template.Data.Text("id"),
        ["message_template_name"] = template.Data.Text("name"),
        ["message_template_language"] = template.Data.Text("language"),
        ["reason"] = verdict is "REJECTED" ? "INCORRECT_CATEGORY" : "NONE",
    });

    private static Task HappenAsync(SimulatedWorld world, SimulatedThing sent, Step step)
    {
        Outcome.Happen(world, sent, step);
        Tell(world, sent, step);
        return Task.CompletedTask;
    }

    private static void Tell(SimulatedWorld world, SimulatedThing sent, Step step)
    {
        var status = new JsonObject { ["id"] = sent.Id, ["status"] = step.Status, ["timestamp"] = Time(world, step.Late), ["recipient_id"] = sent.Data.Text("to") };
        if (step.Code is { } code)
            status["errors"] = new JsonArray(new JsonObject { ["code"] = int.Parse(code, CultureInfo.InvariantCulture), ["title"] = step.Words, ["message"] = step.Words });
        Tell(world, sent.Id, "messages", step.Late, Value(sent.Data.Text("from"), "statuses", status), step.Status);
    }

    /// <summary>What is told about one of our numbers.</summary>
    internal static JsonObject Value(string? number, string list, JsonObject item) => new()
    {
        ["messaging_product"] = "whatsapp",
        ["metadata"] = new JsonObject { ["display_phone_number"] = "15550100199", ["phone_number_id"] = number },
        [list] = new JsonArray(item),
    };

    internal static void Tell(SimulatedWorld world, string about, string field, double late, JsonObject value, string? type = null) => world.CallBack(about, type ?? field, SimulatedWorld.Id("", 24), new JsonObject
    {
        ["object"] = "whatsapp_business_account",
        ["entry"] = new JsonArray(new JsonObject { ["id"] = "0", ["time"] = world.Seconds, ["changes"] = new JsonArray(new JsonObject { ["field"] = field, ["value"] = value }) }),
    }.ToJsonString(), late);

    internal static string Time(SimulatedWorld world, double late) => (world.Seconds + (long)(world.Settings.CallbackSeconds * late)).ToString(CultureInfo.InvariantCulture);
}
