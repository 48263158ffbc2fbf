using System.Text.Json;

namespace Portal.Core.Domains.Integrations;

/// <summary>The configurations as an admin sees them. Nothing is opened for it.</summary>
public sealed class ApiConfigQueries(Database database, ProviderEnvironment environment, TimeProvider time, SimulatorAccounts? simulators = null)
{
    private static readonly Sorts<ApiConfiguration> Orders = new Sorts<ApiConfiguration>("name", c => c.Id)
        .By("name", c => c.SearchName).By("created_at", c => c.CreatedAt).By("changed_at", c => c.ChangedAt);

    private static readonly Sorts<EventRow> Newest = new Sorts<EventRow>("-id", e => e.Id).By("id", e => e.Id);

    public async Task<Paged<ApiConfigLine>> ListAsync(Actor actor, ApiConfigPage page, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageIntegrations);
        var now = time.Now();
        var found = await Found(db, page, now).ToPagedAsync(
            page, Orders, c => new ApiConfigLine(c.Id, c.Provider, c.Name, c.ActiveAs != null, c.IsSandbox, c.Status, c.StatusWords, c.CheckedAt, c.ExpiresAt, c.CreatedAt, c.ChangedAt), ct);
        return found with { Items = [.. found.Items.Select(c => c with { Status = ApiConfiguration.StandingBy(c.Status, c.ExpiresAt, now), StatusWords = ApiConfiguration.WordsBy(c.Status, c.StatusWords, c.ExpiresAt, now) })] };
    }

    public async Task<ApiConfigView> GetAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageIntegrations);
        return ApiConfigView.Of(await db.ApiConfigurations.AsNoTracking().Include(c => c.Secrets).SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound("configuration"), time.Now());
    }

    /// <summary>What happened to it, newest first.</summary>
    public async Task<Paged<ApiConfigChange>> HistoryAsync(Actor actor, long id, PageRequest page, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageIntegrations);
        if (!await db.ApiConfigurations.AnyAsync(c => c.Id == id, ct))
            throw new NotFound("configuration");
        var found = await db.Events.AsNoTracking().Where(e => e.SubjectKind == "api_config" && e.SubjectId == id)
            .ToPagedAsync(page, Newest, e => new ApiConfigChange(e.Id, e.At, e.Type, e.ActorName, e.ActorId, e.Data), ct);
        return found with { Items = [.. found.Items.Select(e => e with { Changes = Told(e.Changes!) })] };
    }

    /// <summary>Every provider with what is used for it, and what a configuration of it may have.</summary>
    public async Task<IReadOnlyList<ProviderStanding>> StandingsAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageIntegrations);
        var active = await db.ApiConfigurations.AsNoTracking().Where(c => c.ActiveAs != null).ToDictionaryAsync(c => c.ActiveAs!, ct);
        return [.. ProviderForms.All.Select(f => new ProviderStanding(
            f.Provider, f.Title, f.About, Of(f.Provider, false), Of(f.Provider, true),
            [.. f.Fields.Select(field => new ProviderFieldView(field.Name, field.Label, field.Help, field.Kind, field.IsRequired, field.IsSecret, field.Variable))]))];

        AccountStanding Of(Provider provider, bool sandbox) => active.GetValueOrDefault(ApiConfiguration.PlaceOf(provider, sandbox)) is { } config
            ? new(AccountSource.Database, config.Id, config.Name, config.StatusBy(time.Now()))
            : new(!sandbox && environment.Find(provider) is not null ? AccountSource.Environment : simulators?.StandIn(provider, sandbox) is true ? AccountSource.Simulator : null);
    }

    private static IQueryable<ApiConfiguration> Found(PortalDb db, ApiConfigPage page, DateTime now)
    {
        Input.Check(page);
        var configs = db.ApiConfigurations.AsNoTracking();
        var name = Search.Normal(page.Q);
        if (name.Length > 0)
            configs = configs.Where(c => Search.Begins(c.SearchName, name));
        if (page.Provider is { Value: var provider })
            configs = configs.Where(c => c.Provider == provider);
        if (page.Status is { Value: var status })
            configs = Standing(configs, status, now);
        if (page.IsActive is { } isActive)
            configs = configs.Where(c => c.ActiveAs != null == isActive);
        if (page.IsSandbox is { } isSandbox)
            configs = configs.Where(c => c.IsSandbox == isSandbox);
        return configs;
    }

    /// <summary>By now: the calendar may say more than what was written down.</summary>
    private static IQueryable<ApiConfiguration> Standing(IQueryable<ApiConfiguration> configs, ApiConfigStatus status, DateTime now)
    {
        var soon = now + ApiConfiguration.Notice;
        return status switch
        {
            ApiConfigStatus.Broken => configs.Where(c => c.Status == ApiConfigStatus.Broken || c.ExpiresAt <= now),
            ApiConfigStatus.Expiring => configs.Where(c => c.Status != ApiConfigStatus.Broken && (c.ExpiresAt == null || c.ExpiresAt > now) && (c.Status == ApiConfigStatus.Expiring || c.ExpiresAt <= soon)),
            _ => configs.Where(c => c.Status == status && (c.ExpiresAt == null || c.ExpiresAt > soon)),
        };
    }

    /// <summary>What an event says beyond its kind.</summary>
    private static string? Told(string data)
    {
        using var json = JsonDocument.Parse(data);
        return json.RootElement.TryGetProperty("changes", out var changes) ? changes.GetString()
            : json.RootElement.TryGetProperty("words", out var words) ? words.GetString()
            : json.RootElement.TryGetProperty("ends_at", out var end) ? end.GetString()
            : json.RootElement.TryGetProperty("worked", out var worked) ? worked.ToString().ToLowerInvariant()
            : null;
    }
}
