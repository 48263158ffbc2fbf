namespace Portal.Core.Domains.Integrations;

/// <summary>Tries an account without doing anything with it: what "Test connection" calls. Each client registers one.</summary>
public interface IProviderProbe
{
    Provider Provider { get; }

    /// <summary>A refusal by the provider is an answer; that nobody could be reached is thrown.</summary>
    Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct);
}

/// <param name="Works">Whether the provider takes these credentials.</param>
/// <param name="Words">In a sentence, for whoever set it up.</param>
/// <param name="ExpiresAt">When they stop working, where the provider says so.</param>
public sealed record ProbeAnswer(bool Works, string Words, DateTime? ExpiresAt = null);
