namespace Portal.Core.Domains.People;

/// <summary>Takes what is held about a person out of every table; their row stays, with nothing of them in it.</summary>
internal static class Erasure
{
    /// <returns>The key of their photo, to be deleted once this is committed.</returns>
    public static async Task<string?> EraseAsync(PortalDb db, PortalUser user, DateTime now, CancellationToken ct)
    {
        var photo = await db.Files.SingleOrDefaultAsync(f => f.Id == user.PhotoId, ct);
        await ForgetAsync(db, user, now, ct);
        if (photo is not null)
            db.Remove(photo);
        user.Erase();
        user.Touch();
        db.Record(new AccountErased(user.Id));
        return photo?.StoreKey;
    }

    /// <summary>
    /// What was written to them, by whatever way and to whatever address they had then: nothing of it is sent any more, and nobody can read
    /// in it what it said, to whom, or what a server answered.
    /// </summary>
    private static async Task ForgetMailAsync(PortalDb db, long userId, string email, DateTime now, CancellationToken ct)
    {
        var address = Search.Normal(email);
        var theirs = db.Deliveries.Where(d => d.UserId == userId || (d.RecipientSearch == address && d.Recipient == email));
        await db.DeliveryAttempts.Where(a => theirs.Select(d => d.Id).Contains(a.DeliveryId)).ExecuteUpdateAsync(a => a.SetProperty(x => x.Words, ""), ct);
        await db.Set<DeliveryText>().Where(t => theirs.Select(d => d.Id).Contains(t.Id)).ForgetAsync(ct);
        await theirs.Where(d => d.Status == DeliveryStatus.Waiting || d.Status == DeliveryStatus.Sending).ExecuteUpdateAsync(d => d
            .SetProperty(x => x.Status, DeliveryStatus.NotNeeded).SetProperty(x => x.DoneAt, now).SetProperty(x => x.NextTryAt, (DateTime?)null).SetProperty(x => x.Holder, (string?)null), ct);
        await theirs.ExecuteUpdateAsync(d => d
            .SetProperty(x => x.Recipient, "").SetProperty(x => x.RecipientSearch, "").SetProperty(x => x.Title, "").SetProperty(x => x.TitleSearch, "")
            .SetProperty(x => x.Trouble, (string?)null).SetProperty(x => x.Receipt, (string?)null), ct);
    }

    private static async Task ForgetAsync(PortalDb db, PortalUser user, DateTime now, CancellationToken ct)
    {
        var (id, email) = (user.Id, user.Email!);
        await db.Invitations.Where(i => i.Email == email && (i.AcceptedAt != null || i.WithdrawnAt != null || i.ExpiresAt <= now)).ExecuteUpdateAsync(i => i.SetProperty(x => x.Email, "").SetProperty(x => x.FullName, ""), ct);
        await ForgetMailAsync(db, id, email, now, ct);
        await db.MailSuppressions.Where(s => s.Address == MailSuppression.Of(email)).ExecuteDeleteAsync(ct);
        db.RemoveRange(await db.VerifiedNumbers.Where(n => n.UserId == id).ToListAsync(ct));
        db.RemoveRange(await db.Access.Where(a => a.UserId == id).ToListAsync(ct));
        db.RemoveRange(await db.Passkeys.Where(p => p.UserId == id).ToListAsync(ct));
        db.RemoveRange(await db.RecoveryCodes.Where(c => c.UserId == id).ToListAsync(ct));
        db.RemoveRange(await db.OneTimeCodes.Where(c => c.UserId == id).ToListAsync(ct));
        db.RemoveRange(await db.PendingSignIns.Where(p => p.UserId == id).ToListAsync(ct));
        await db.Sessions.Where(s => s.UserId == id && s.EndedAt == null).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), ct);
        await db.Sessions.Where(s => s.UserId == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.Address, "").SetProperty(x => x.Device, ""), ct);
    }
}
