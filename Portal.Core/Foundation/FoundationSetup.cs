using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Portal.Core.Foundation;

public static class FoundationSetup
{
    // How long a locked file is waited for before whoever asked hears that nothing can be saved.
    private const int Patience = 5;

    public static IServiceCollection AddFoundation(this IServiceCollection services, IConfiguration configuration, bool makeMasterKey)
    {
        services.AddOptions<PortalOptions>().BindConfiguration("Portal").ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(s => s.GetRequiredService<IOptions<PortalOptions>>().Value)
            .AddSingleton(s => Provider(configuration, s.GetRequiredService<PortalOptions>()))
            .AddSingleton(s => Master(configuration, s.GetRequiredService<PortalOptions>(), makeMasterKey))
            .AddSingleton<Database>()
            .AddSingleton<Lane>()
            .AddSingleton<DatabaseStart>()
            .AddSingleton<SecretKeys>()
            .AddSingleton<SecretBox>()
            .AddSingleton<SigningKeys>()
            .AddSingleton<ProtectionKeys>()
            .AddSingleton<RateLimits>()
            .AddSingleton<ICreditStanding, NothingPosted>()
            .AddSingleton<OnceDesk>()
            .AddSingleton<IFileStore, DiskStore>()
            .AddSingleton<FileDesk>()
            .AddQueues()
            .AddMailTemplates()
            .AddUpkeep();
    }

    private static IServiceCollection AddQueues(this IServiceCollection services) => services
        .AddSingleton<JobDesk>()
        .AddSingleton<JobBoard>()
        .AddSingleton<HouseWatch>()
        .AddSingleton<EventRelay>()
        .AddSingleton<LiveSignals>()
        .AddSingleton<Sealer>()
        .AddSingleton<InboxSeal>()
        .AddSingleton<InboxHandlers>()
        .AddSingleton<InboxIntake>()
        .AddSingleton<InboxPump>()
        .AddSingleton<InboxDesk>()
        .AddSingleton(MailReasons.Book)
        .AddSingleton<Reasons>()
        .AddSingleton<DeliverySender>()
        .AddSingleton<DeliveryDesk>()
        .AddSingleton<DeliveryQueries>()
        .AddSingleton<ReportQueries>();

    private static IServiceCollection AddMailTemplates(this IServiceCollection services) => services
        .AddSingleton<MailComposer>()
        .AddSingleton<MailTemplateQueries>()
        .AddSingleton<MailTemplateService>()
        .AddSingleton<MailTemplateDesk>();

    private static IServiceCollection AddUpkeep(this IServiceCollection services) => services
        .AddSingleton<Readiness>()
        .AddSingleton<RetentionDesk>()
        .AddSingleton<HouseCleaning>()
        .AddSingleton<StoreFigures>()
        .AddSingleton<Backup>()
        .AddSingleton<Restore>();

    /// <summary>SQLite in the data folder, unless another database is configured.</summary>
    private static IProvider Provider(IConfiguration configuration, PortalOptions options)
    {
        var connection = configuration.GetConnectionString("Portal");
        return configuration["Database:Provider"] switch
        {
            null or "" or "Sqlite" => new SqliteProvider(SqliteConnection(connection, options.DataPath)),
            "SqlServer" when !string.IsNullOrEmpty(connection) => new SqlServerProvider(connection),
            "SqlServer" => throw new InvalidOperationException("ConnectionStrings:Portal is not set: it says where the SQL Server is."),
            var other => throw new InvalidOperationException($"Database:Provider is '{other}': use Sqlite or SqlServer."),
        };
    }

    private static string SqliteConnection(string? connection, string dataPath)
    {
        connection = string.IsNullOrEmpty(connection) ? "Data Source=portal.db" : connection;
        var builder = new SqliteConnectionStringBuilder(connection);
        if (!connection.Contains("Timeout", StringComparison.OrdinalIgnoreCase))
            builder.DefaultTimeout = Patience;
        if (builder.DataSource is not ":memory:" && builder.Mode is not SqliteOpenMode.Memory)
            builder.DataSource = Path.GetFullPath(Path.Combine(dataPath, builder.DataSource));
        return builder.ToString();
    }

    private static MasterKey Master(IConfiguration configuration, PortalOptions options, bool make)
    {
        var key = configuration["Portal:MasterKey"];
        if (string.IsNullOrEmpty(key))
        {
            key = make
                ? MasterKey.ReadOrMake(Path.GetFullPath(Path.Combine(options.DataPath, "master.key")))
                : throw new InvalidOperationException("Portal:MasterKey is not set. Make one with: openssl rand -base64 32");
        }

        return new(key, configuration["Portal:EarlierMasterKey"]);
    }
}
