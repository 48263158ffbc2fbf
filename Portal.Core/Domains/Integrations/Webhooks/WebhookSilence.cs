using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.Integrations;

/// <summary>A provider that used to call and does not any more, since when it was noticed. One row each, as long as it lasts.</summary>
public sealed class SilentProvider
{
    public long Id { get; init; }

    public required Provider Provider { get; init; }

    public required DateTime LastCalledAt { get; init; }

    public required DateTime NoticedAt { get; init; }
}

/// <summary>
/// Notices when a provider has stopped calling: it called before, messages have left by its live account since, and for longer than it ever takes nothing
/// was told of any of them. Then its webhooks are off, or lead elsewhere, and nobody would know.
/// </summary>
public sealed class WebhookSilence(Database database, ProviderAccounts accounts, TimeProvider time)
{
    /// <summary>How long after a message left something should have been told of it.</summary>
    public static readonly TimeSpan Expected = TimeSpan.FromHours(2);
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(7);
    private static readonly Actor Self = Actor.System("webhooks");

    private static readonly Provider[] Tellers = [Provider.Sendgrid, Provider.Resend, Provider.Twilio, Provider.Whatsapp];

    /// <summary>Those that are silent now, for the page.</summary>
    public async Task<IReadOnlyList<SilentProviderView>> ListAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageIntegrations);
        return await db.SilentProviders.AsNoTracking().OrderBy(s => s.Id).Select(s => new SilentProviderView(s.Provider, s.LastCalledAt, s.NoticedAt)).ToListAsync(ct);
    }

    /// <returns>How many are silent.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var known = await db.SilentProviders.ToListAsync(ct);
        var silent = new List<(Provider Provider, DateTime LastCalledAt)>();
        foreach (var provider in Tellers)
        {
            if (await SilentSinceAsync(db, provider, ct) is { } last)
                silent.Add((provider, last));
        }

        db.RemoveRange(known.Where(k => silent.All(s => s.Provider != k.Provider)));
        foreach (var (provider, last) in silent.Where(s => known.All(k => k.Provider != s.Provider)))
        {
            var row = db.Add(new SilentProvider { Provider = provider, LastCalledAt = last, NoticedAt = time.Now() }).Entity;
            db.Record(() => new ProviderFellSilent(row.Id, provider, last));
        }

        await db.SaveChangesAsync(ct);
        return silent.Count;
    }

    /// <returns>When it called last, if it should have called since.</returns>
    private async Task<DateTime?> SilentSinceAsync(PortalDb db, Provider provider, CancellationToken ct)
    {
        var (name, now) = (Input.Name(provider.ToString()), time.Now());
        var last = await db.Inbox.Where(r => r.Provider == name && !r.IsSandbox).OrderByDescending(r => r.Id).Select(r => (DateTime?)r.ReceivedAt).FirstOrDefaultAsync(ct);
        if (last is null || now - last < Expected || (await accounts.AllAsync(provider, ct)).Count == 0)
            return null;

        // Of what was handed to another, or sent by the installation's own way, this one has nothing to tell. From the newest on: what is old says nothing of today.
        var (due, oldest) = (now - Expected, now - LooksBack);
        var handed = db.ProviderHandovers.Where(h => h.Provider == provider && !h.IsSandbox && h.BeganAt > oldest);
        var newest = await handed.Join(db.Deliveries, h => h.DeliveryId, d => d.Id, (_, d) => d).Where(d => d.Status == DeliveryStatus.Sent && d.DoneAt < due && d.DoneAt > last)
            .OrderByDescending(d => d.Id).Take(50).Select(d => d.Receipt).ToListAsync(ct);
        return newest.Count > 0 && !await db.DeliveryReports.AnyAsync(r => newest.Contains(r.Receipt), ct) ? last : null;
    }
}

public sealed record SilentProviderView(Provider Provider, DateTime LastCalledAt, DateTime NoticedAt);

/// <summary>A provider that used to tell of messages has told of none for too long.</summary>
public sealed record ProviderFellSilent(long SilenceId, Provider Provider, DateTime LastCalledAt) : DomainEvent
{
    public override Subject About => new("provider_silence", SilenceId);
}

internal sealed class SilentProviderTable : IEntityTypeConfiguration<SilentProvider>
{
    public void Configure(EntityTypeBuilder<SilentProvider> builder)
    {
        builder.ToTable("SilentProviders");

        // Two hosts that notice in the same moment tell of it once.
        builder.HasIndex(s => s.Provider).IsUnique();
    }
}
