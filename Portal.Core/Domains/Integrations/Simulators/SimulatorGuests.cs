using System.Security.Cryptography;
using System.Text;

namespace Portal.Core.Domains.Integrations;

/// <summary>Who is let in at a simulator's door: our own account there, and what an admin has set up to lead to it.</summary>
public sealed class SimulatorGuests(Database database, ProviderAccounts accounts, SimulatorAccounts simulators)
{
    private static readonly Actor Self = Actor.System("simulators");

    /// <param name="provider">Whose simulator.</param>
    /// <param name="name">The user of those who have one: an account SID, a client id.</param>
    /// <param name="word">The key, token or password.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>Null for whoever has no account there.</returns>
    public async Task<ProviderAccount?> FindAsync(Provider provider, string? name, string? word, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(word))
            return null;
        var own = (await simulators.AllAsync(ct)).Values.Where(a => a.Provider == provider).ToList();
        return own.Find(account => Is(account, name, word)) ?? (await ConfiguredAsync(provider, ct)).Find(account => Is(account, name, word));
    }

    private async Task<List<ProviderAccount>> ConfiguredAsync(Provider provider, CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var rows = await db.ApiConfigurations.AsNoTracking().Include(c => c.Secrets).Where(c => c.Provider == provider).OrderBy(c => c.Id).Take(100).ToListAsync(ct);
        return [.. rows.Where(c => c.Url?.StartsWith(simulators.UrlOf(provider), StringComparison.OrdinalIgnoreCase) is true).Select(TryOpen).OfType<ProviderAccount>()];
    }

    private ProviderAccount? TryOpen(ApiConfiguration config)
    {
        try
        {
            return accounts.Open(config);
        }
        catch (InvalidOperationException)
        {
            return null; // sealed with another key: nobody can come with it
        }
    }

    private static bool Is(ProviderAccount account, string? name, string word) => account.Provider switch
    {
        Provider.Twilio or Provider.Paypal => Same(account.Key, name) & Same(account.Secret, word),
        Provider.Whatsapp => Same(account.Token, word),
        _ => Same(account.Key, word),
    };

    private static bool Same(string? ours, string? given) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(ours ?? "\n")), SHA256.HashData(Encoding.UTF8.GetBytes(given ?? "\r")));
}
