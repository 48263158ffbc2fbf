using Portal.Core.Domains.Integrations;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Core.Reactions;

namespace Portal.Benchmarks.Seed;

/// <summary>The portal's services on a data folder as in Development, without a host.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly AsyncServiceScope scope;

    private House(string folder)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Portal:DataPath"] = folder }).Build();
        services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddFoundation(configuration, makeMasterKey: true).AddPeople().AddIntegrations(configuration).AddReactions(withSamples: false)
            .BuildServiceProvider();
        scope = services.CreateAsyncScope();
    }

    public static async Task<House> OpenAsync(string folder)
    {
        var house = new House(folder);
        await house.Get<DatabaseStart>().RunAsync();
        return house;
    }

    public T Get<T>()
        where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    public PortalDb Open() => Get<Database>().Open(Actor.System("seed"), Can.KeepHouse);

    public async ValueTask DisposeAsync()
    {
        await scope.DisposeAsync();
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }
}
