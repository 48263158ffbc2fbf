namespace Portal.Core.Foundation;

/// <summary>How a client's credits stand: computed from what was posted to its wallet, never stored.</summary>
public enum CreditStatus
{
    /// <summary>No wallet yet: nothing was ever posted.</summary>
    None,
    Good,
    Low,
    Depleted,
    Frozen,
}

/// <summary>
/// The one place that says how clients' credits stand. It is on the ground floor because People shows it and may not know Wallets,
/// which will say it: a wallet comes into being with its first posting.
/// </summary>
public interface ICreditStanding
{
    /// <summary>Of each of these clients, asked on the caller's open database.</summary>
    Task<IReadOnlyDictionary<long, CreditStatus>> OfAsync(PortalDb db, IReadOnlyCollection<long> clientIds, CancellationToken ct = default);
}

/// <summary>While no room posts anything, nobody has a wallet.</summary>
internal sealed class NothingPosted : ICreditStanding
{
    public Task<IReadOnlyDictionary<long, CreditStatus>> OfAsync(PortalDb db, IReadOnlyCollection<long> clientIds, CancellationToken ct = default) =>
        Task.FromResult<IReadOnlyDictionary<long, CreditStatus>>(clientIds.Distinct().ToDictionary(id => id, _ => CreditStatus.None));
}
