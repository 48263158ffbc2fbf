namespace Portal.Core.Domains.Integrations;

/// <summary>Admins set up what providers are reached with.</summary>
public sealed class ApiConfigService(Database database, SecretBox box, ProviderAccounts accounts, TimeProvider time)
{
    /// <summary>Active unless said otherwise, where nothing is active yet.</summary>
    public async Task<ApiConfigView> CreateAsync(Actor actor, SaveApiConfig input, CancellationToken ct = default)
    {
        Input.Check(input);
        await using var db = database.Open(actor, Can.ManageIntegrations);
        var now = time.Now();
        var config = new ApiConfiguration { Provider = input.Provider ?? throw new Invalid("provider", "Choose a provider."), CreatedAt = now };
        var edit = new ApiConfigEdit(config, input, isWhole: true);
        edit.Check(box);
        var changes = edit.Apply(box, now);
        await ExpectNameAsync(db, config, ct);
        config.Change(now);
        db.Add(config);
        db.Record(() => new ApiConfigCreated(config.Id, config.Provider, config.Name, changes));
        var place = ApiConfiguration.PlaceOf(config.Provider, config.IsSandbox);
        if (input.IsActive ?? !await db.ApiConfigurations.AnyAsync(c => c.ActiveAs == place, ct))
            await ActivateAsync(db, config, now, ct);
        ApiConfigHealth.LookIntoCalendar(db, config, now);
        await SaveAsync(db, ct);
        return ApiConfigView.Of(config, now);
    }

    /// <summary>Its name and settings as they are given; the rest, and secrets, stay where they are left out.</summary>
    public Task<ApiConfigView> SaveAsync(Actor actor, SaveApiConfig input, CancellationToken ct = default)
    {
        Dictionary<string, string[]> missing = new();
        if (input.Provider is null)
            missing["provider"] = ["This is needed."];
        if (input.Name is null)
            missing["name"] = ["This is needed."];
        return missing.Count > 0 ? throw new Invalid(missing) : ChangeAsync(actor, input, isWhole: true, ct);
    }

    public Task<ApiConfigView> ChangeAsync(Actor actor, ChangeApiConfig input, CancellationToken ct = default) => ChangeAsync(actor, input, isWhole: false, ct);

    /// <summary>With its secrets, at once. What was used with it falls back to the environment.</summary>
    public async Task DeleteAsync(Actor actor, long id, long? version, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageIntegrations);
        var config = await FindAsync(db, id, ct);
        Expect(config, version);
        db.RemoveRange(config.Secrets);
        db.Remove(config);
        db.Record(new ApiConfigDeleted(config.Id, config.Provider, config.Name));
        await SaveAsync(db, ct);
    }

    internal static async Task<ApiConfiguration> FindAsync(PortalDb db, long id, CancellationToken ct) =>
        await db.ApiConfigurations.Include(c => c.Secrets).SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound("configuration");

    private static void Expect(ApiConfiguration config, long? version)
    {
        if (version is { } read && read != config.Version)
            throw new Conflict("changed", "Someone else changed this configuration in the meantime. Load it again.");
    }

    private async Task<ApiConfigView> ChangeAsync(Actor actor, ChangeApiConfig input, bool isWhole, CancellationToken ct)
    {
        Input.Check(input);
        await using var db = database.Open(actor, Can.ManageIntegrations);
        var (config, now) = (await FindAsync(db, input.ConfigId, ct), time.Now());
        Expect(config, input.Version);
        if (input.Provider is { } provider && provider != config.Provider)
            throw new Invalid("provider", "A configuration stays with its provider: make another one.");
        var edit = new ApiConfigEdit(config, input, isWhole);
        edit.Check(box);
        var (changes, switches) = (edit.Apply(box, now), input.IsActive is { } wanted && wanted != config.IsActive);
        if (changes.Length == 0 && !switches)
            return ApiConfigView.Of(config, now);
        await ExpectNameAsync(db, config, ct);
        config.Change(now);
        if (changes.Length > 0)
            db.Record(new ApiConfigChanged(config.Id, config.Provider, config.Name, changes));
        if (switches && config.IsActive)
            Deactivate(db, config, now);
        else if (switches || config.IsActive)
            await ActivateAsync(db, config, now, ct);
        ApiConfigHealth.LookIntoCalendar(db, config, now);
        await SaveAsync(db, ct);
        return ApiConfigView.Of(config, now);
    }

    /// <summary>Two of one name could not be told apart where one is chosen, and in what is told of them.</summary>
    private static async Task ExpectNameAsync(PortalDb db, ApiConfiguration config, CancellationToken ct)
    {
        if (await db.ApiConfigurations.AnyAsync(c => c.SearchName == config.SearchName && c.Id != config.Id, ct))
            throw new Invalid(new Dictionary<string, string[]> { ["name"] = ["There is a configuration of this name already."] }, "name_taken");
    }

    /// <summary>Whatever was active there is not any more, in the same save.</summary>
    private static async Task ActivateAsync(PortalDb db, ApiConfiguration config, DateTime now, CancellationToken ct)
    {
        if (!config.IsActive)
            db.Record(() => new ApiConfigActivated(config.Id, config.Provider, config.Name, config.IsSandbox));
        config.Activate();
        var place = config.ActiveAs;
        if (await db.ApiConfigurations.SingleOrDefaultAsync(c => c.ActiveAs == place && c.Id != config.Id, ct) is not { } other)
            return;
        Deactivate(db, other, now);
        other.Change(now);
    }

    private static void Deactivate(PortalDb db, ApiConfiguration config, DateTime now)
    {
        config.Deactivate(now);
        db.Record(new ApiConfigDeactivated(config.Id, config.Provider, config.Name, config.IsSandbox));
    }

    private async Task SaveAsync(PortalDb db, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        accounts.Forget();
    }
}
