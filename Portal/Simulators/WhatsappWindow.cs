using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;

namespace Portal.Simulators;

/// <summary>The day in which one may answer in words of one's own: it begins each time that the other side writes. Outside of it Meta takes what is no template, and says later that it failed.</summary>
internal static class WhatsappWindow
{
    public const string Closed = "131047";
    public const string Contact = "contact";
    private const long Day = 86_400;

    /// <summary>An admin lets somebody write again.</summary>
    public static SimulatedAct Write { get; } = new("write", Contact, (world, person) => WriteAsync(world, person.Id, person.Data.Text("our_number")!, "Good day!"));

    public static async Task<bool> IsOpenAsync(SimulatedWorld world, string number) =>
        await world.FindAsync(Contact, number) is { } person && person.Data.Number("wrote_at") + Day > world.Seconds;

    /// <summary>Somebody writes to us.</summary>
    /// <param name="world">Where it happens.</param>
    /// <param name="from">Who, as Meta writes numbers.</param>
    /// <param name="to">The id of our number.</param>
    /// <param name="text">What they write.</param>
    /// <param name="answers">The message of ours that they answer.</param>
    public static async Task WriteAsync(SimulatedWorld world, string from, string to, string text, string? answers = null)
    {
        var person = await world.FindAsync(Contact, from) ?? world.Add(Contact, from, new() { ["wa_id"] = from, ["status"] = "wrote" }, from);
        (person.Data["our_number"], person.Data["wrote_at"]) = (to, world.Seconds);
        var message = new JsonObject { ["from"] = from, ["id"] = SimulatedWorld.Id("wamid.", 44), ["timestamp"] = WhatsappSimulator.Time(world, 0), ["type"] = "text", ["text"] = new JsonObject { ["body"] = text } };
        if (answers is not null)
            message["context"] = new JsonObject { ["id"] = answers };
        var value = WhatsappSimulator.Value(to, "messages", message);
        value["contacts"] = new JsonArray(new JsonObject { ["profile"] = new JsonObject { ["name"] = "Simulated person" }, ["wa_id"] = from });
        WhatsappSimulator.Tell(world, answers ?? from, "messages", 0, value, "reply");
    }
}
