using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Startup;

public static class Server
{
    private const long LargestBody = 10 * 1024 * 1024;

    public static void AddServer(this WebApplicationBuilder builder)
    {
        // A missing or doubled registration fails at start and not at the first click.
        builder.Host.UseDefaultServiceProvider(options => options.ValidateScopes = options.ValidateOnBuild = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });

        // Open pages must not hold up a restart for the usual 30 seconds.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.AddDataProtection().SetApplicationName("Portal");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<ProtectionKeys, SecretBox>((options, keys, box) =>
            (options.XmlRepository, options.XmlEncryptor) = (keys, new BoxedXml(box)));
        builder.Services.Configure<ForwardedHeadersOptions>(options => Trust(options, builder.Configuration.GetSection("Portal:Proxies").Get<string[]>() ?? []));
    }

    public static void AddDeliveryChannels(this WebApplicationBuilder builder) => builder.Services.AddSingleton<IChannel, FileMailbox>();

    /// <summary>Database, keys and the first people, before the first request.</summary>
    public static async Task PrepareAsync(this WebApplication app)
    {
        await app.Services.GetRequiredService<DatabaseStart>().RunAsync();
        await using var scope = app.Services.CreateAsyncScope();
        if (app.Environment.IsDevelopment())
            await scope.ServiceProvider.GetRequiredService<PeopleDemo>().SeedAsync();
        await WelcomeFirstAdminAsync(app, scope.ServiceProvider);
    }

    private static async Task WelcomeFirstAdminAsync(WebApplication app, IServiceProvider services)
    {
        var first = services.GetRequiredService<FirstAdmin>();
        if (!await first.IsNeededAsync())
            return;
        var given = services.GetRequiredService<IOptions<FirstAdminOptions>>().Value;
        if (given is { Email: { } email, Password: { } password })
        {
            await CreateAsync(first, new NewAdmin { Email = email, Password = password, FullName = given.FullName });
            return;
        }

        // To the console, not the log: logs are kept and sent on, and the link is a secret.
        var options = services.GetRequiredService<PortalOptions>();
        await Console.Out.WriteLineAsync($"\nThis portal has no administrator yet. Open this link once to set it up:\n\n    {options.PublicUrl.TrimEnd('/')}/set-up?token={services.GetRequiredService<SetupLink>().Token}\n");
    }

    private static async Task CreateAsync(FirstAdmin first, NewAdmin admin)
    {
        try
        {
            await first.CreateAsync(admin);
        }
        catch (PortalException)
        {
            // Two hosts may start at once: the second finds that the first has done it.
            if (await first.IsNeededAsync())
                throw;
        }
    }

    /// <summary>Only what a configured proxy says of its caller is believed.</summary>
    private static void Trust(ForwardedHeadersOptions options, IReadOnlyCollection<string> proxies)
    {
        options.ForwardedHeaders = proxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (System.Net.IPNetwork.TryParse(proxy, out var network))
                options.KnownIPNetworks.Add(network);
            else
                options.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
        }
    }
}
