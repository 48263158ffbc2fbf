using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;

namespace Portal.Simulators;

/// <summary>What becomes of a message, step by step: each has its time, and is told when that has come.</summary>
/// <param name="Status">In the provider's words.</param>
/// <param name="Late">So many times after as an outcome usually takes.</param>
internal sealed record Step(string Status, double Late)
{
    /// <summary>What the provider has against it.</summary>
    public string? Code { get; init; }

    public string? Words { get; init; }
}

internal static class Outcome
{
    private const string Steps = "_steps";

    /// <summary>Writes down what will become of it. Its status is the last of it, for whoever looks at the list.</summary>
    public static void Plan(SimulatedWorld world, SimulatedThing thing, IReadOnlyList<Step> steps)
    {
        thing.Data[Steps] = Wire.Array(steps.Select(s => new JsonObject { ["status"] = s.Status, ["code"] = s.Code, ["at"] = world.Seconds + (long)(world.Settings.CallbackSeconds * s.Late) }));
        thing.Data["status"] = steps[^1].Status;
    }

    /// <summary>How far it is by now.</summary>
    public static (string Status, string? Code) Now(SimulatedWorld world, SimulatedThing thing, string begin)
    {
        var step = thing.Data.Items(Steps).LastOrDefault(s => s.Number("at") <= world.Seconds);
        return (step.Text("status") ?? begin, step.Text("code"));
    }

    /// <summary>Something else became of it, now.</summary>
    public static void Happen(SimulatedWorld world, SimulatedThing thing, Step step)
    {
        (thing.Data[Steps] as JsonArray)?.Add(new JsonObject { ["status"] = step.Status, ["code"] = step.Code, ["at"] = world.Seconds });
        thing.Data["status"] = step.Status;
    }
}

/// <summary>What becomes of a mail, told by what stands before the @: bounce@…, blocked@…, spam@…, deferred@…, dropped@…, unread@….</summary>
internal enum MailFate
{
    Read,
    Unread,
    Deferred,
    Bounced,
    Blocked,
    Dropped,
    Complained,
}

internal static class MailFates
{
    private const string Suppression = "suppression";

    /// <summary>An address that mail came back from, or whose owner complained, gets no more from the provider either.</summary>
    public static async Task<MailFate> OfAsync(SimulatedWorld world, string address)
    {
        var to = address.ToLowerInvariant();
        if (await world.FindAsync(Suppression, to) is not null)
            return MailFate.Dropped;
        var fate = to.Split('@')[0].Split('+')[0] switch
        {
            "bounce" or "bounced" => MailFate.Bounced,
            "blocked" => MailFate.Blocked,
            "dropped" or "suppressed" => MailFate.Dropped,
            "spam" or "complaint" or "complained" => MailFate.Complained,
            "deferred" or "delayed" => MailFate.Deferred,
            "unread" or "delivered" => MailFate.Unread,
            _ => world.Fails ? MailFate.Bounced : MailFate.Read,
        };
        return fate;
    }

    public static async Task SuppressAsync(SimulatedWorld world, string address)
    {
        var to = address.ToLowerInvariant();
        if (to.Length <= SimulatedObject.LongestId && await world.FindAsync(Suppression, to) is null)
            world.Add(Suppression, to, new() { ["status"] = "suppressed", ["email"] = to });
    }

    public static SimulatedAct Lift { get; } = new("lift", Suppression, (world, thing) =>
    {
        world.Remove(thing);
        return Task.CompletedTask;
    });
}
