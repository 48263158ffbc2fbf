namespace Portal.Core.Domains.People;

/// <summary>Asks a client's first owner in, in the unit of work that opens the client.</summary>
public sealed class OwnerInvitations(MailComposer mails, TimeProvider time)
{
    /// <param name="db">Saved and with an id the client is in it already.</param>
    /// <param name="send">Otherwise it is only prepared: nobody has its link, and sending it again makes one.</param>
    internal async Task AddAsync(PortalDb db, Client client, string name, string email, Actor by, bool send, CancellationToken ct)
    {
        var (token, now) = (Tokens.New(), time.Now());
        var invitation = new Invitation
        {
            ClientId = client.Id,
            Email = email.Trim().ToLowerInvariant(),
            FullName = name.Length > 0 ? name : email,
            Role = Role.Client,
            Level = AccessLevel.Owner,
            Hash = Tokens.Hash(token),
            InvitedBy = by.UserId,
            CreatedAt = now,
            ExpiresAt = send ? now + Invitation.Lifetime : now,
        };
        db.Add(invitation);
        if (!send)
            return;
        db.Add(await InvitationMail.OfAsync(mails, db, invitation, by.Name, client.Name, token, now, ct));
        db.Record(() => new MemberInvited(client.Id, invitation.Id, email, AccessLevel.Owner));
    }

    /// <summary>Who has an address already: by account, or by an invitation that was not withdrawn and still leads somewhere. In capitals.</summary>
    internal static async Task<HashSet<string>> KnownAsync(PortalDb db, IReadOnlyList<string> emails, CancellationToken ct)
    {
        var capitals = emails.Select(e => e.ToUpperInvariant()).ToList();
        var people = await Registrations.Settled(db).Where(u => capitals.Contains(u.NormalizedEmail!)).Select(u => u.NormalizedEmail!).ToListAsync(ct);
#pragma warning disable CA1304, CA1311 // The database does it.
        var asked = await db.Invitations.Where(i => i.WithdrawnAt == null && capitals.Contains(i.Email.ToUpper())
            && !db.Clients.Any(c => c.Id == i.ClientId && (c.Status == ClientStatus.Declined || c.Status == ClientStatus.Closed))).Select(i => i.Email).ToListAsync(ct);
#pragma warning restore CA1304, CA1311
        return [.. people, .. asked.Select(e => e.ToUpperInvariant())];
    }
}
