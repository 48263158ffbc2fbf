using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;

namespace Portal.Simulators;

/// <summary>What a simulator does with one kind of request.</summary>
internal delegate Task<SimulatedReply> SimulatedAnswer(SimulatedCall call);

/// <summary>One kind of request: POST v1/customers/{id}.</summary>
internal sealed class SimulatedRoute(string method, string path, SimulatedAnswer answer)
{
    private readonly string[] steps = path.Split('/');

    /// <summary>The same for whoever passes this first; the door itself asks for no key.</summary>
    public SimulatedRoute Behind(Func<SimulatedCall, Task> check) => new(method, path, async call =>
    {
        await check(call);
        return await answer(call);
    })
    {
        IsOpen = true,
    };

    public SimulatedAnswer Answer => answer;

    /// <summary>For a person in a browser, who has no key but the address.</summary>
    public bool IsPage { get; init; }

    /// <summary>Asks for the key itself.</summary>
    public bool IsOpen { get; init; }

    /// <returns>What stands in the places of the path; null where it is another.</returns>
    public Dictionary<string, string>? Match(string asked, string[] given)
    {
        if (asked != method || given.Length != steps.Length)
            return null;
        var found = new Dictionary<string, string>();
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i] is ['{', .. var name, '}'])
                found[name] = given[i];
            else if (steps[i] != given[i])
                return null;
        }

        return found;
    }
}

/// <summary>One request in its world.</summary>
/// <param name="World">All the provider knows.</param>
/// <param name="Body">What was sent, form or JSON.</param>
/// <param name="Query">What was asked in the address.</param>
/// <param name="Places">What stands in the places of the path.</param>
/// <param name="Http">The request itself.</param>
/// <param name="Guest">Who asks; null on pages.</param>
internal sealed record SimulatedCall(SimulatedWorld World, JsonObject Body, JsonObject Query, IReadOnlyDictionary<string, string> Places, SimulatorHttp Http, ProviderAccount? Guest)
{
    public string this[string place] => Places[place];
}

/// <param name="Header">A header by name, or null.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Bytes">The body as it came.</param>
internal sealed record SimulatorHttp(Func<string, string?> Header, string? ContentType, ReadOnlyMemory<byte> Bytes);

/// <summary>Something that an admin can make happen to one of a simulated provider's things.</summary>
/// <param name="Name">Its text is simulators.act.*.</param>
/// <param name="Kind">Of what.</param>
/// <param name="Do">What happens.</param>
internal sealed record SimulatedAct(string Name, string Kind, Func<SimulatedWorld, SimulatedThing, Task> Do);

/// <summary>A provider's stand-in: how it is spoken to, what it does, and how it says no.</summary>
internal abstract class Simulator
{
    public abstract Provider Provider { get; }

    public abstract IReadOnlyList<SimulatedRoute> Routes { get; }

    public virtual IReadOnlyList<SimulatedAct> Acts => [];

    /// <summary>The largest request it takes.</summary>
    public virtual int MostBytes => 1 << 20;

    /// <summary>Who the request says it is from.</summary>
    public virtual (string? Name, string? Word) Credentials(SimulatorHttp http) => (null, Bearer(http));

    /// <summary>The provider's own word for something that was said before.</summary>
    public virtual string? OnceKey(SimulatorHttp http) => null;

    /// <summary>In the shape in which the provider refuses.</summary>
    public abstract SimulatedReply No(int status, string code, string words);

    protected static string? Bearer(SimulatorHttp http) => http.Header("Authorization") is { } given && given.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? given["Bearer ".Length..] : null;

    protected static (string? Name, string? Word) Basic(SimulatorHttp http)
    {
        if (http.Header("Authorization") is not { } given || !given.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return (null, null);
        var bytes = new byte[given.Length];
        if (!Convert.TryFromBase64String(given["Basic ".Length..], bytes, out var length))
            return (null, null);
        var parts = System.Text.Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
        return parts.Length == 2 ? (parts[0], parts[1]) : (null, null);
    }
}
