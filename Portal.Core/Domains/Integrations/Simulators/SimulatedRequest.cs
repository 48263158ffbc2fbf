using System.Text.Json.Nodes;

namespace Portal.Core.Domains.Integrations;

/// <summary>A request at a simulator's door, as it came.</summary>
/// <param name="Provider">Whose simulator.</param>
/// <param name="Method">In capitals.</param>
/// <param name="Path">Below the simulator's address, without its query.</param>
/// <param name="Body">What was sent.</param>
public sealed record SimulatedRequest(Provider Provider, string Method, string Path, ReadOnlyMemory<byte> Body)
{
    /// <summary>By this the provider knows that it was said before.</summary>
    public string? OnceKey { get; init; }

    /// <summary>By somebody who has an account there, or on a way that asks for it itself. Whoever has none leaves nothing by being refused.</summary>
    public bool IsByGuest { get; init; }
}

/// <summary>How a simulator answers.</summary>
public sealed record SimulatedReply(int Status, JsonNode? Body = null)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>A page for a person, instead of JSON.</summary>
    public string? Html { get; init; }

    /// <summary>Where the person goes on.</summary>
    public string? Location { get; init; }
}

/// <summary>A simulator's no: nothing of the request was done.</summary>
public sealed class SimulatedRefusal(SimulatedReply reply) : Exception("A simulated provider said no.")
{
    public SimulatedReply Reply { get; } = reply;
}
