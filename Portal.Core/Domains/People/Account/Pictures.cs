using System.Globalization;

namespace Portal.Core.Domains.People;

/// <summary>Whose picture it is.</summary>
public enum PictureOf
{
    Person,
    Client,
    Agency,
}

/// <summary>A picture to be sent. The reader closes the stream.</summary>
public sealed record Picture(string ContentType, byte[] Sha256, Stream Content);

/// <summary>Photos of people, logos of clients and the agency's: one each, the earlier one goes when the next one comes.</summary>
public sealed class Pictures(Database database, Lane lane, FileDesk desk, IFileStore store, PersonDirectory people)
{
    public const long MostBytes = 2 * 1024 * 1024;
    private static readonly FileRules Rules = new(MostBytes, FileKind.Png, FileKind.Jpeg, FileKind.Webp);

    /// <summary>Where it is read; the address changes with the picture. Null when there is none.</summary>
    public static string? Url(PictureOf of, long id, long? fileId) => fileId is not { } file ? null
        : of is PictureOf.Agency ? string.Create(CultureInfo.InvariantCulture, $"/pictures/agency?v={file}")
        : string.Create(CultureInfo.InvariantCulture, $"/pictures/{Input.Name(of.ToString())}/{id}?v={file}");

    public async Task<string?> UrlAsync(Actor actor, PictureOf of, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, of is PictureOf.Client ? Can.SeeOrganisation : Can.SeeSelf);
        return Url(of, id, (await FrameAsync(db, of, id, ct)).FileId);
    }

    /// <returns>Where it is read from now on.</returns>
    public async Task<string> SetAsync(Actor actor, PictureOf of, long id, string name, Stream content, CancellationToken ct = default)
    {
        var can = MayChange(actor, of, id);
        var taken = await desk.TakeAsync(name, content, Rules, of is PictureOf.Client ? id : null, ct);
        (long Id, string? Old) hung;
        try
        {
            hung = await lane.RunAsync(actor, can, db => HangAsync(db, of, id, Copy(taken), ct), ct);
        }
        catch
        {
            desk.Discard(taken);
            throw;
        }

        Gone(hung.Old, of, id);
        return Url(of, id, hung.Id)!;
    }

    public async Task RemoveAsync(Actor actor, PictureOf of, long id, CancellationToken ct = default)
    {
        var can = MayChange(actor, of, id);
        var (_, old) = await lane.RunAsync(actor, can, db => HangAsync(db, of, id, null, ct), ct);
        Gone(old, of, id);
    }

    /// <summary>Closed to whoever may not see it as if it were not there; the agency's logo is on the door.</summary>
    public async Task<Picture> ReadAsync(Actor actor, PictureOf of, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(of is PictureOf.Client ? actor : Actor.System("pictures"), of is PictureOf.Client ? Can.SeeOrganisation : Can.KeepHouse);
        if (of is PictureOf.Person && !await SeesAsync(db, actor, id, ct))
            throw new NotFound("picture");
        var fileId = (await FrameAsync(db, of, id, ct)).FileId;
        return await db.Files.AsNoTracking().SingleOrDefaultAsync(f => f.Id == fileId, ct) is { } file && store.Open(file.StoreKey) is { } content
            ? new(file.ContentType, file.Sha256, content)
            : throw new NotFound("picture");
    }

    private static Can MayChange(Actor actor, PictureOf of, long id)
    {
        var can = of switch { PictureOf.Person => Can.SeeSelf, PictureOf.Client => Can.ManageOrganisation, _ => Can.ManageAgency };
        if (!actor.May(can))
            throw new Forbidden(can);
        if (of is PictureOf.Person && id != actor.UserId)
            throw new NotFound("user");
        return can;
    }

    /// <summary>Themselves; everyone for the agency's people and of the agency's for its own; and whoever shares a client with them.</summary>
    private static async Task<bool> SeesAsync(PortalDb db, Actor actor, long id, CancellationToken ct)
    {
        if (actor.UserId == id || actor.SeesAll)
            return true;
        var shared = actor.Grants.Select(g => g.ClientId).ToList();
        return await db.Access.AnyAsync(a => a.UserId == id && shared.Contains(a.ClientId), ct)
            || (actor.Role is Role.Agent && await db.Users.AnyAsync(u => u.Id == id && u.Role != Role.Client, ct));
    }

    private static async Task<(long FileId, string? OldKey)> HangAsync(PortalDb db, PictureOf of, long id, StoredFile? next, CancellationToken ct)
    {
        var frame = await FrameAsync(db, of, id, ct);
        if (next is not null)
        {
            db.Add(next);
            await db.SaveChangesAsync(ct); // for its id
        }

        // The agency's and people's pictures have no client, so only the portal itself finds their rows.
        var old = frame.FileId is { } oldId ? await db.Files.IgnoreQueryFilters([PortalDb.TenantFence]).SingleOrDefaultAsync(f => f.Id == oldId, ct) : null;
        if (next is null && frame.FileId is null)
            return default;
        frame.Hang(next?.Id);
        if (old is not null)
            db.Remove(old);
        db.Record(frame.Changed);
        return (next?.Id ?? 0, old?.StoreKey);
    }

    private static async Task<Frame> FrameAsync(PortalDb db, PictureOf of, long id, CancellationToken ct)
    {
        switch (of)
        {
            case PictureOf.Person:
                var user = await db.Users.SingleOrDefaultAsync(u => u.Id == id, ct) ?? throw new NotFound("user");
                return new(user.PhotoId, file => { user.PhotoId = file; user.Touch(); }, new OwnProfileChanged(id, "photo"));
            case PictureOf.Client:
                var client = await db.Clients.SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound("client");
                return new(client.LogoId, file => client.LogoId = file, new ClientProfileChanged(id, "logo"));
            default:
                // Its row is made by whoever first has something to write there.
                var agency = await db.Agency.SingleOrDefaultAsync(ct) ?? db.Add(new Agency()).Entity;
                return new(agency.LogoId, file => agency.LogoId = file, new AgencyProfileChanged("logo"));
        }
    }

    // The unit may run twice, and each run needs a row that has no id yet.
    private static StoredFile Copy(StoredFile file) => new()
    {
        ClientId = file.ClientId,
        Name = file.Name,
        ContentType = file.ContentType,
        Size = file.Size,
        Sha256 = file.Sha256,
        StoreKey = file.StoreKey,
        CreatedAt = file.CreatedAt,
    };

    private void Gone(string? storeKey, PictureOf of, long id)
    {
        if (storeKey is not null)
            store.Delete(storeKey);
        if (of is PictureOf.Person)
            people.Forget(id);
    }

    /// <summary>Where a picture hangs.</summary>
    private sealed record Frame(long? FileId, Action<long?> Hang, DomainEvent Changed);
}
