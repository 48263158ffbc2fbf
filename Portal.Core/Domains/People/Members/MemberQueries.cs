namespace Portal.Core.Domains.People;

/// <summary>A client's people, and who was invited.</summary>
public sealed class MemberQueries(Database database, TimeProvider time)
{
    private static readonly DateTime Never = DateTime.UnixEpoch;

    private static readonly Sorts<Row> Orders = new Sorts<Row>("name", r => r.User.Id)
        .By("name", r => r.User.SearchName).By("email", r => r.User.NormalizedEmail!).By("joined", r => r.User.CreatedAt).By("last_sign_in", r => r.User.LastSignInAt ?? Never);

    private static readonly Sorts<Invitation> Newest = new Sorts<Invitation>("-id", i => i.Id).By("id", i => i.Id).By("email", i => i.Email).By("expires", i => i.ExpiresAt);

    public async Task<Paged<Member>> ListAsync(Actor actor, long? ofClient, PageRequest page, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeOrganisation);
        var clientId = await OwnAsync(db, actor, ofClient, ct);
        var rows = db.Access.Where(a => a.ClientId == clientId && a.Level != AccessLevel.Worker).Join(db.Users, a => a.UserId, u => u.Id, (a, u) => new Row { Access = a, User = u });
        var name = Search.Normal(page.Q);
        if (name.Length > 0)
            rows = rows.Where(r => Search.Begins(r.User.SearchName, name));
        return await rows.ToPagedAsync(page, Orders, r => new Member(r.User.Id, r.User.FullName, r.User.Email!, r.Access.Level, r.User.LastSignInAt, r.User.CreatedAt), ct);
    }

    /// <summary>Of a client's team; those to the agency are for its admins.</summary>
    public async Task<Paged<OpenInvitation>> InvitationsAsync(Actor actor, long? ofClient, PageRequest page, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeOrganisation);
        var clientId = await OwnAsync(db, actor, ofClient, ct);
        return await OpenAsync(db, clientId, page, ct);
    }

    public async Task<Paged<OpenInvitation>> StaffInvitationsAsync(Actor actor, PageRequest page, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeStaff);
        return await OpenAsync(db, null, page, ct);
    }

    private static async Task<long> OwnAsync(PortalDb db, Actor actor, long? ofClient, CancellationToken ct)
    {
        var clientId = OwnClient.IdFor(actor, Can.SeeOrganisation, ofClient);
        return await db.Clients.AnyAsync(c => c.Id == clientId, ct) ? clientId : throw new NotFound("client");
    }

    private Task<Paged<OpenInvitation>> OpenAsync(PortalDb db, long? clientId, PageRequest page, CancellationToken ct)
    {
        var (now, email) = (time.Now(), Search.Normal(page.Q));
        var open = db.Invitations.AsNoTracking().Where(i => i.ClientId == clientId && i.AcceptedAt == null && i.WithdrawnAt == null);
        if (email.Length > 0)
            open = open.Where(i => i.Email.StartsWith(email));
        return open.ToPagedAsync(page, Newest, i => new OpenInvitation(
                i.Id, i.Email, i.FullName, i.Role, i.Level, i.Department, db.Users.Where(u => u.Id == i.InvitedBy).Select(u => u.FullName).FirstOrDefault() ?? "", i.CreatedAt, i.ExpiresAt, i.ExpiresAt <= now), ct);
    }

    private sealed class Row
    {
        public required Access Access { get; init; }

        public required PortalUser User { get; init; }
    }
}
