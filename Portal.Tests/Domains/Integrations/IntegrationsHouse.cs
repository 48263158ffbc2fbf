using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

/// <summary>The room on a database of its own, with an admin in it and a provider that answers as it is told.</summary>
internal sealed class IntegrationsHouse : IAsyncDisposable
{
    private readonly LoggerFactory logs = new();

    private IntegrationsHouse(TestDatabase ground, Actor admin, Func<string, string?> environment)
    {
        (Ground, Admin) = (ground, admin);
        logs.AddProvider(Log);
        Environment = new(environment);
        Accounts = new(ground.Database, ground.Box, Environment, ground.Clock, logs.CreateLogger<ProviderAccounts>());
        Service = new(ground.Database, ground.Box, Accounts, ground.Clock);
        Queries = new(ground.Database, Environment, ground.Clock);
        Health = new(ground.Database, Accounts, ground.Clock, logs.CreateLogger<ProviderHealth>());
        Limits = new(ground.Database, ground.Lane, ground.Clock);
        Tester = new(ground.Database, Accounts, [Probe], Limits, ground.Clock, logs.CreateLogger<ApiConfigTester>());
        Sealing = new(ground.Database, ground.Box, ground.Keys, Limits);
    }

    public TestDatabase Ground { get; }

    public Actor Admin { get; }

    public HeardLog Log { get; } = new();

    public ProviderEnvironment Environment { get; }

    public ProviderAccounts Accounts { get; }

    public ApiConfigService Service { get; }

    public ApiConfigQueries Queries { get; }

    public ProviderHealth Health { get; }

    public RateLimits Limits { get; }

    public ApiConfigTester Tester { get; }

    public SecretSealing Sealing { get; }

    /// <summary>Asked for Stripe.</summary>
    public ToldProbe Probe { get; } = new();

    public static async Task<IntegrationsHouse> NewAsync(Func<string, string?>? environment = null)
    {
        var ground = await TestDatabase.NewAsync();
        return new(ground, await ground.PersonAsync(Role.Admin), environment ?? (_ => null));
    }

    public static SaveApiConfig Stripe(string name = "Stripe", string key = "sk_live_0123456789", bool? isActive = null) => new() { Provider = Provider.Stripe, Name = name, ApiKey = key, IsActive = isActive };

    public Task<ApiConfigView> AddAsync(SaveApiConfig? input = null) => Service.CreateAsync(Admin, input ?? Stripe(), Ct);

    public Task<ApiConfigView> ChangeAsync(long id, Action<ChangeApiConfig> change)
    {
        var input = new ChangeApiConfig { ConfigId = id };
        change(input);
        return Service.ChangeAsync(Admin, input, Ct);
    }

    public Task<ApiConfigView> SetAsync(long id, params (string Name, JsonNode? Value)[] settings) =>
        ChangeAsync(id, c => c.ConfigData = new(settings.Select(s => KeyValuePair.Create(s.Name, s.Value))));

    /// <summary>The kinds of event that a configuration has had, oldest first.</summary>
    public async Task<string[]> EventsAsync(long id)
    {
        await using var db = Ground.Open();
        return [.. (await db.Events.Where(e => e.SubjectKind == "api_config" && e.SubjectId == id).OrderBy(e => e.Id).Select(e => e.Type).ToListAsync(Ct)).Select(type => type["api_config_".Length..])];
    }

    public async Task<ProviderAccount?> FindAsync(Provider provider = Provider.Stripe, bool sandbox = false) => await Accounts.FindAsync(provider, sandbox, Ct);

    public ValueTask DisposeAsync()
    {
        logs.Dispose();
        return Ground.DisposeAsync();
    }
}

internal sealed class ToldProbe : IProviderProbe
{
    public Provider Provider => Provider.Stripe;

    public Func<ProviderAccount, ProbeAnswer> Answer { get; set; } = _ => new(true, "It works.");

    public int Asked { get; private set; }

    public Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct)
    {
        Asked++;
        return Task.FromResult(Answer(account));
    }
}
