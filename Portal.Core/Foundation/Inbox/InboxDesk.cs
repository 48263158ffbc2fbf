using System.ComponentModel.DataAnnotations;
using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc;

namespace Portal.Core.Foundation;

/// <summary>What has come in from outside, for the admin: the list, one of them with its payload masked, and to have it handled again.</summary>
public sealed class InboxDesk(Database database, InboxSeal seal, TimeProvider time)
{
    private const int MostAttempts = 100;

    // They are stored as they come, so their ids are sorted by when.
    private static readonly Sorts<InboxRow> Orders = new Sorts<InboxRow>("-id", r => r.Id).By("id", r => r.Id).By("received_at", r => r.Id);

    public async Task<Paged<InboxView>> ListAsync(Actor actor, InboxPage page, CancellationToken ct = default)
    {
        Input.Check(page);
        await using var db = database.Open(actor, Can.ManageIntegrations);
        var found = db.Inbox.AsNoTracking();
        if (page.Q is { Length: > 0 } q)
            found = found.Where(r => Search.Begins(r.EventId, q));
        if (page.Provider is not null)
            found = found.Where(r => r.Provider == page.Provider);
        if (page.State?.Value is { } state)
            found = found.Where(r => r.State == state);
        return await found.ToPagedAsync(page, Orders, View(db), ct);
    }

    public async Task<InboxDetail> GetAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageIntegrations);
        var view = await db.Inbox.AsNoTracking().Where(r => r.Id == id).Select(View(db)).SingleOrDefaultAsync(ct) ?? throw new NotFound("webhook");
        var row = await db.Inbox.AsNoTracking().SingleAsync(r => r.Id == id, ct);
        var attempts = await db.InboxAttempts.AsNoTracking().Where(a => a.WebhookId == id).OrderByDescending(a => a.Id).Take(MostAttempts).Select(a => new InboxAttemptView(a.At, a.Words, a.Host)).ToListAsync(ct);
        return new(view, PayloadMask.Of(seal.Open(row)), attempts);
    }

    public async Task RunAgainAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageIntegrations);
        var row = await db.Inbox.SingleOrDefaultAsync(r => r.Id == id, ct) ?? throw new NotFound("webhook");
        row.RunAgain(time.Now());
        db.Record(new WebhookRunAgain(row.Id, row.Provider, row.Type));
        await db.SaveChangesAsync(ct);
    }

    private static Expression<Func<InboxRow, InboxView>> View(PortalDb db) => r => new InboxView(
        r.Id, r.Provider, r.EventId, r.Type, r.State, r.Tries, r.ReceivedAt, r.DoneAt, r.NextTryAt, r.Trouble, r.Note, r.ClientId,
        db.Clients.Where(c => c.Id == r.ClientId).Select(c => c.Name).FirstOrDefault(), r.IsSandbox);
}

/// <summary>A part of what came in. Q is the beginning of the provider's own id of the event.</summary>
public sealed class InboxPage : PageRequest
{
    [MaxLength(InboxRow.LongestProvider), FromQuery(Name = "provider")]
    public string? Provider { get; set; }

    [FromQuery(Name = "state")]
    public Choice<InboxState>? State { get; set; }
}

/// <param name="Tries">How often it could not be handled.</param>
/// <param name="Note">What was done about it.</param>
/// <param name="IsSandbox">An account for trying has signed it, or a simulator.</param>
public sealed record InboxView(
    long Id, string Provider, string EventId, string Type, InboxState State, int Tries, DateTime ReceivedAt, DateTime? HandledAt, DateTime? NextTryAt,
    string? Trouble, string? Note, long? ClientId, string? ClientName, bool IsSandbox)
{
    /// <summary>False for what was handled and found to tell of something that did not begin here.</summary>
    public bool IsOurs => State is not InboxState.Handled || Note != InboxRow.NotOurs;
}

/// <param name="Payload">With what is personal or secret masked.</param>
/// <param name="Attempts">Those that did not go well, the latest first.</param>
public sealed record InboxDetail(InboxView Event, string Payload, IReadOnlyList<InboxAttemptView> Attempts);

public sealed record InboxAttemptView(DateTime At, string Words, string Host);

/// <summary>An admin has had a webhook handled again.</summary>
public sealed record WebhookRunAgain(long WebhookId, string Provider, string EventType) : DomainEvent
{
    public override Subject About => new("webhook", WebhookId);
}
