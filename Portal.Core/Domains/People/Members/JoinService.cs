namespace Portal.Core.Domains.People;

/// <summary>For whoever has the link of an invitation: what it offers, and saying yes.</summary>
public sealed class JoinService(Accounts accounts, ClosingService closing, Database database, Lane lane, TimeProvider time)
{
    private static readonly Actor Self = Actor.System("invitations");

    /// <returns>Null when there is no such invitation, or its link was replaced.</returns>
    public async Task<Offer?> LookAsync(string token, CancellationToken ct = default)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        if (await FindAsync(db, token, ct) is not { } i)
            return null;
        var client = await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == i.ClientId, ct);
        var inviter = await db.Users.Where(u => u.Id == i.InvitedBy).Select(u => u.FullName).SingleOrDefaultAsync(ct);
        var to = client?.Name ?? (await AgencyService.CurrentAsync(db, ct)).Name;
        return new(i.Email, i.FullName, i.Role, i.Level, i.Department, inviter ?? to, to, i.ExpiresAt, StateOf(i, client));
    }

    /// <summary>Makes the person, whose address the link has proved, lets them in where they were invited to, and keeps which terms they accepted.</summary>
    public async Task<PortalUser> AcceptAsync(string token, AcceptInvitation input, CancellationToken ct = default)
    {
        Input.Check(input);
        var offer = await LookAsync(token, ct) ?? throw new NotFound("invitation");
        if (offer.State is not OfferState.Open)
            throw new RuleBroken("invitation_not_open", "This invitation is no longer good. Ask for a new one.");
        await closing.MakeRoomAsync(offer.Email, ct);
        if (await IsTakenAsync(offer.Email, ct))
            throw Accounts.Known();
        var user = await accounts.MakeAsync(offer.Email, input.FullName.Trim(), offer.Role, input.Password, ct);
        await lane.RunAsync(Self, Can.KeepHouse, async db =>
        {
            var invitation = await FindAsync(db, token, ct) ?? throw new NotFound("invitation");
            await Registrations.MakeWayAsync(db, user.NormalizedEmail!, time.Now(), ct);
            invitation.Accept(time.Now());
            await PrepareAsync(db, user, invitation, ct);
            db.Add(user);
            await db.SaveChangesAsync(ct);
            if (invitation.ClientId is { } clientId)
                db.Add(new Access { UserId = user.Id, ClientId = clientId, Level = invitation.Level!.Value });

            // The first thing they do in their own name; until the save they had no id.
            db.Events.Add(EventRow.Of(Joined(user, invitation), Actor.InNameOf(user), time.Now()));
        }, ct);
        return user;
    }

    private static Task<Invitation?> FindAsync(PortalDb db, string token, CancellationToken ct)
    {
        var hash = Tokens.Hash(token);
        return db.Invitations.SingleOrDefaultAsync(i => i.Hash == hash, ct);
    }

    private async Task<bool> IsTakenAsync(string email, CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var normal = accounts.Normal(email);
        return await Registrations.Settled(db).AnyAsync(u => u.NormalizedEmail == normal, ct);
    }

    private static DomainEvent Joined(PortalUser user, Invitation invitation) => invitation.ClientId is { } clientId
        ? new MemberJoined(clientId, user.Id, user.FullName, invitation.Level!.Value)
        : new StaffJoined(user.Id, user.FullName, user.Role);

    private async Task PrepareAsync(PortalDb db, PortalUser user, Invitation invitation, CancellationToken ct)
    {
        var agency = await AgencyService.CurrentAsync(db, ct);
        user.Id = 0; // the lane may do this twice
        (user.Department, user.Specialisation, user.Capacity) = (invitation.Department, invitation.Specialisation, invitation.Capacity);
        (user.TermsVersion, user.TermsAcceptedAt) = (agency.TermsVersion, time.Now());
        user.ZoneId = await db.Clients.Where(c => c.Id == invitation.ClientId).Select(c => c.ZoneId).SingleOrDefaultAsync(ct) ?? agency.ZoneId;
    }

    private OfferState StateOf(Invitation invitation, Client? client) => invitation switch
    {
        { AcceptedAt: not null } => OfferState.Accepted,
        { WithdrawnAt: not null } => OfferState.Withdrawn,
        _ when client is { IsOpen: false } => OfferState.Withdrawn,
        _ when invitation.IsOpen(time.Now()) => OfferState.Open,
        _ => OfferState.Expired,
    };
}
