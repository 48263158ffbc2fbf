namespace Portal.Core.Foundation;

/// <summary>Stores what a webhook brought before anyone answers it. The second of the same event changes nothing.</summary>
public sealed class InboxIntake(Lane lane, TimeProvider time)
{
    private static readonly Actor Self = Actor.System("inbox");

    /// <returns>False when this event was here before.</returns>
    public async Task<bool> StoreAsync(string provider, string eventId, string type, byte[] body, CancellationToken ct = default)
    {
        try
        {
            return await lane.RunAsync(Self, Can.KeepHouse, async db =>
            {
                if (await db.Inbox.AnyAsync(r => r.Provider == provider && r.EventId == eventId, ct))
                    return false;
                db.Add(InboxRow.Of(provider, eventId, type, body, time.Now()));
                return true;
            }, ct);
        }
        catch (Conflict)
        {
            // The other host stored it in the same moment.
            return false;
        }
    }
}
