namespace Portal.Core.Domains.Integrations;

/// <summary>A delivery as it is handed to one account of a provider.</summary>
/// <param name="Account">Whose.</param>
/// <param name="SendAsync">Hands it over and says what the provider calls it.</param>
internal sealed record Parcel(ProviderAccount Account, Func<CancellationToken, Task<string?>> SendAsync)
{
    /// <summary>A key travels with it, so that it is one message however often it is handed over.</summary>
    public bool IsOneByItsKey { get; init; }

    /// <summary>Asks whether the provider has it, since that moment, and what it calls it. Without it nobody can be asked.</summary>
    public Func<DateTime, CancellationToken, Task<string?>>? FindAsync { get; init; }

    /// <summary>After how long the provider is asked what became of it, where it can be asked and has not told.</summary>
    public TimeSpan? LooksAfter { get; init; }
}
