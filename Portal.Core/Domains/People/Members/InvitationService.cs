namespace Portal.Core.Domains.People;

/// <summary>Asks people to join a client's team or the agency's. To the one who asks, an address that has an account already looks like any other.</summary>
public sealed class InvitationService(Lane lane, RateLimits limits, MailComposer mails, TimeProvider time)
{
    public static readonly RateLimit Sent = new("invitations-sent", 60, TimeSpan.FromHours(1));

    public async Task<OpenInvitation> InviteMemberAsync(Actor actor, InviteMember input, CancellationToken ct = default)
    {
        Input.Check(input);
        var (clientId, email) = (OwnClient.IdFor(actor, Can.ManageMembers, input.ClientId), input.Email.ToLowerInvariant());
        await CountAsync(actor, Can.ManageMembers, ct);
        return await SentAsync(actor, lane.RunAsync(actor, Can.ManageMembers, async db =>
        {
            var client = await OwnClient.FindAsync(db, actor, Can.ManageMembers, clientId, ct);
            if (!client.IsOpen)
                throw new RuleBroken("client_not_active", "This client is not active; its team cannot grow.");
            if (await db.Access.Where(a => a.ClientId == clientId).Join(db.Users, a => a.UserId, u => u.Id, (a, u) => u.NormalizedEmail).AnyAsync(e => e == Known(email), ct))
                throw new Invalid("email", "They are in this team already.");
            var offer = New(actor, email, input.FullName, Role.Client, clientId);
            offer.Level = input.Level;
            return await AskAsync(db, actor, offer, i => new MemberInvited(clientId, i.Id, i.Email, i.Level!.Value), ct);
        }, ct));
    }

    public async Task<OpenInvitation> InviteStaffAsync(Actor actor, InviteStaff input, CancellationToken ct = default)
    {
        Input.Check(input);
        if (input is { Role: Role.Agent, Department: null })
            throw new Invalid("department", "Choose the department they will work in.");
        var email = input.Email.ToLowerInvariant();
        await CountAsync(actor, Can.ManageStaff, ct);
        return await SentAsync(actor, lane.RunAsync(actor, Can.ManageStaff, async db =>
        {
            await RefuseKnownStaffAsync(db, email, ct);
            var offer = New(actor, email, input.FullName, input.Role, null);
            if (input.Role is Role.Agent)
                (offer.Department, offer.Specialisation, offer.Capacity) = (input.Department, input.Specialisation, input.Capacity!.Value);
            return await AskAsync(db, actor, offer, i => new StaffInvited(i.Id, i.Email, i.Role), ct);
        }, ct));
    }

    /// <summary>With a new link; the old one stops working.</summary>
    public async Task SendAgainAsync(Actor actor, Can can, long id, CancellationToken ct = default)
    {
        await CountAsync(actor, can, ct);
        await lane.RunAsync(actor, can, async db =>
        {
            var invitation = await FindAsync(db, actor, can, id, ct);
            if (invitation.ClientId is null)
                await RefuseKnownStaffAsync(db, invitation.Email, ct);
            await SendAsync(db, actor, invitation, ct);
            db.Record(new InvitationSentAgain(invitation.Id, invitation.ClientId, invitation.Email));
        }, ct);
    }

    public Task WithdrawAsync(Actor actor, Can can, long id, CancellationToken ct = default) => lane.RunAsync(actor, can, async db =>
    {
        var invitation = await FindAsync(db, actor, can, id, ct);
        if (invitation.WithdrawnAt is not null)
            return;
        invitation.Withdraw(time.Now());
        db.Record(new InvitationWithdrawn(invitation.Id, invitation.ClientId, invitation.Email));
    }, ct);

    private static string Known(string email) => email.Normalize().ToUpperInvariant();

    private static async Task RefuseKnownStaffAsync(PortalDb db, string email, CancellationToken ct)
    {
        if (await Registrations.Settled(db).AnyAsync(u => u.NormalizedEmail == Known(email), ct))
            throw new Invalid("email", "There is an account with this address already. Use another one.");
    }

    /// <summary>To a client's team for whoever manages its members, to the agency for whoever manages its people.</summary>
    private static async Task<Invitation> FindAsync(PortalDb db, Actor actor, Can can, long id, CancellationToken ct)
    {
        var invitation = await db.Invitations.SingleOrDefaultAsync(i => i.Id == id && i.ClientId == null == (can == Can.ManageStaff), ct) ?? throw new NotFound("invitation");
        if (invitation.ClientId is { } clientId)
            await OwnClient.FindAsync(db, actor, can, clientId, ct);
        return invitation;
    }

    private async Task<OpenInvitation> SentAsync(Actor actor, Task<Invitation> asked)
    {
        var i = await asked;
        return new(i.Id, i.Email, i.FullName, i.Role, i.Level, i.Department, actor.Name, i.CreatedAt, i.ExpiresAt, !i.IsOpen(time.Now()));
    }

    private async Task CountAsync(Actor actor, Can can, CancellationToken ct)
    {
        if (!actor.May(can))
            throw new Forbidden(can);
        if (await limits.TakeAsync(Sent, $"{actor.UserId}", ct: ct) is { Allowed: false } verdict)
            throw new TooOften(verdict.RetryAfter, $"That were many invitations. Go on in {Math.Ceiling(verdict.RetryAfter.TotalMinutes)} minutes.");
    }

    private Invitation New(Actor actor, string email, string name, Role role, long? clientId)
    {
        var now = time.Now();
        return new() { Email = email, FullName = name.Trim(), Role = role, ClientId = clientId, Hash = [], InvitedBy = actor.UserId, CreatedAt = now, ExpiresAt = now + Invitation.Lifetime };
    }

    /// <summary>Who is asked already is asked again instead of twice.</summary>
    private async Task<Invitation> AskAsync(PortalDb db, Actor actor, Invitation offer, Func<Invitation, DomainEvent> happened, CancellationToken ct)
    {
        var open = await db.Invitations.OrderBy(i => i.Id).FirstOrDefaultAsync(
            i => i.ClientId == offer.ClientId && i.Email == offer.Email && i.AcceptedAt == null && i.WithdrawnAt == null, ct);
        if (open is null)
            db.Add(open = offer);
        else
            open.Become(offer);
        await SendAsync(db, actor, open, ct);
        db.Record(() => happened(open));
        return open;
    }

    private async Task SendAsync(PortalDb db, Actor actor, Invitation invitation, CancellationToken ct)
    {
        var (token, now) = (Tokens.New(), time.Now());
        invitation.Renew(Tokens.Hash(token), now);
        var where = invitation.ClientId is { } clientId
            ? await db.Clients.Where(c => c.Id == clientId).Select(c => c.Name).SingleAsync(ct)
            : (await AgencyService.CurrentAsync(db, ct)).Name;
        db.Add(await Registrations.Settled(db).AnyAsync(u => u.NormalizedEmail == Known(invitation.Email) && (u.IsActive || u.ErasesAt == null), ct)
            ? await InvitationMail.ForSomeoneKnownAsync(mails, db, invitation, actor.Name, where, now, ct)
            : await InvitationMail.OfAsync(mails, db, invitation, actor.Name, where, token, now, ct));
    }
}
