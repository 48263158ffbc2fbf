using System.ComponentModel.DataAnnotations;

namespace Portal.Core.Domains.People;

/// <summary>The agency's profile and its terms. The row is made with the first change; until then the standard ones hold.</summary>
public sealed class AgencyService(Database database, TimeProvider time)
{
    private static readonly Actor Anyone = Actor.System("terms");
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private volatile AgencyFace? face;

    /// <summary>What stands over every page, at most a few seconds old. Read plainly: the first page after a start does not wait for EF Core.</summary>
    public AgencyFace Face()
    {
        var now = time.Now();
        if (face is { } known && now - known.SeenAt < Fresh)
            return known;
        var read = database.Read("SELECT Name, LogoId, CurrencyCode, ZoneId FROM Agency", row => new AgencyFace(
            row.GetString(0), Pictures.Url(PictureOf.Agency, Agency.TheId, row.IsDBNull(1) ? null : row.GetInt64(1)), row.GetString(2), row.GetString(3), now));
        var standard = new Agency();
        return face = read.SingleOrDefault() ?? new(standard.Name, null, standard.CurrencyCode, standard.ZoneId, now);
    }

    public async Task<AgencyProfile> GetAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageAgency);
        return AgencyProfile.Of(await CurrentAsync(db, ct));
    }

    public async Task SaveAsync(Actor actor, AgencyProfile input, CancellationToken ct = default)
    {
        Input.Check(input);
        await using var db = database.Open(actor, Can.ManageAgency);
        var agency = await ChangeableAsync(db, ct);
        input.WriteTo(agency);
        if (ProfileChange.Of(db, agency, input.Version) is not { Length: > 0 } fields)
            return;
        db.Record(new AgencyProfileChanged(fields));
        await SaveAsync(db, agency, ct);
    }

    /// <summary>What people accept when they register or join, for anyone to read. The text is empty as long as the standard terms hold.</summary>
    public async Task<AgencyTerms> TermsAsync(CancellationToken ct = default)
    {
        await using var db = database.Open(Anyone, Can.KeepHouse);
        var agency = await CurrentAsync(db, ct);
        return new(agency.Name, agency.TermsVersion, agency.TermsChangedAt, agency.Terms);
    }

    /// <summary>Other terms are a new version; who accepted which is kept with them.</summary>
    public async Task SetTermsAsync(Actor actor, SetTerms input, CancellationToken ct = default)
    {
        Input.Check(input);
        await using var db = database.Open(actor, Can.ManageAgency);
        var agency = await ChangeableAsync(db, ct);
        if (agency.Terms != input.Text && input.Version != agency.TermsVersion)
            throw new Conflict("changed", "Someone else changed the terms in the meantime. Load them again.");
        if (!agency.SetTerms(input.Text, time.Now()))
            return;
        db.Record(new TermsChanged(agency.TermsVersion));
        await SaveAsync(db, agency, ct);
    }

    /// <summary>The agency as it is, to read.</summary>
    internal static async Task<Agency> CurrentAsync(PortalDb db, CancellationToken ct) =>
        await db.Agency.AsNoTracking().SingleOrDefaultAsync(ct) ?? new();

    private static async Task<Agency> ChangeableAsync(PortalDb db, CancellationToken ct)
    {
        if (await db.Agency.SingleOrDefaultAsync(ct) is { } agency)
            return agency;
        db.Add(agency = new());
        return agency;
    }

    private static async Task SaveAsync(PortalDb db, Agency agency, CancellationToken ct)
    {
        // The first change is one too, so that a second person who began with nothing is told.
        if (db.Entry(agency).State is EntityState.Added)
            agency.Version = 1;
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>The terms in the agency's own words.</summary>
public sealed class SetTerms
{
    [Required(ErrorMessage = "Write your terms."), MaxLength(100_000)]
    [DataType(DataType.MultilineText)]
    public string Text { get; set => field = value?.Trim().ReplaceLineEndings("\n") ?? ""; } = "";

    /// <summary>Of the terms that were edited.</summary>
    public long Version { get; set; }
}

/// <summary>How the agency shows itself: its name, where its logo is read, and in which currency and zone it works.</summary>
public sealed record AgencyFace(string Name, string? Logo, string Currency, string Zone, DateTime SeenAt);

public sealed record AgencyTerms(string Agency, int Version, DateTime? ChangedAt, string Text);
