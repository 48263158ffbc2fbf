using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Portal.Api;
using Portal.Core.Domains.Integrations;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Core.Reactions.Notifications;

namespace Portal.Startup;

public static class Server
{
    private const string SeedDemo = "--seed-demo";
    private const long LargestBody = 10 * 1024 * 1024;

    /// <summary>A flag has no value, and configuration wants one: the next word would be taken for it.</summary>
    public static string[] Flags(string[] args) => [.. Commands.WithoutCommand(args).Select(a => a == SeedDemo ? $"{a}=true" : a)];

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
        builder.Services.AddOptions<HostOptions>().Configure<PortalOptions>((options, portal) => options.ShutdownTimeout = TimeSpan.FromSeconds(5 + portal.DrainSeconds));
        builder.Services.AddHostedService<Drain>();
        // The Host header ends up in redirects: only the portal's own name is answered, unless AllowedHosts says otherwise.
        builder.Services.AddOptions<HostFilteringOptions>().PostConfigure<PortalOptions>((options, portal) =>
        {
            if (!builder.Environment.IsDevelopment() && options.AllowedHosts is null or ["*"])
                options.AllowedHosts = [new Uri(portal.PublicUrl).Host, "localhost", "127.0.0.1", "[::1]"];
        });

        // Pages only: files are compressed when they are built. Over TLS this is the proxy's business.
        builder.Services.AddResponseCompression(options => options.MimeTypes = ["text/html", "application/json"]);
        builder.Services.AddDataProtection().SetApplicationName("Portal");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<ProtectionKeys, SecretBox>((options, keys, box) =>
            (options.XmlRepository, options.XmlEncryptor) = (keys, new BoxedXml(box)));
        builder.Services.Configure<ForwardedHeadersOptions>(options => Trust(options, builder.Configuration.GetSection("Portal:Proxies").Get<string[]>() ?? []));
    }

    /// <summary>Mail goes to the server that is configured. In development files take its place; elsewhere mail waits for one. For providers without credentials there may be stand-ins.</summary>
    public static void AddDeliveryChannels(this WebApplicationBuilder builder)
    {
        builder.Services.AddMail(builder.Configuration, hasMailbox: builder.Environment.IsDevelopment());
        builder.AddSimulators();
    }

    /// <summary>Database, keys and the first people, before the first request.</summary>
    public static async Task PrepareAsync(this WebApplication app)
    {
        await app.Services.GetRequiredService<DatabaseStart>().RunAsync();
        await using var scope = app.Services.CreateAsyncScope();
        if ((app.Environment.IsDevelopment() || app.Configuration.GetValue<bool>(SeedDemo[2..])) && await scope.ServiceProvider.GetRequiredService<PeopleDemo>().SeedAsync())
        {
            await scope.ServiceProvider.GetRequiredService<NotificationsDemo>().SeedAsync();
            await scope.ServiceProvider.GetRequiredService<DeliveriesDemo>().SeedAsync();
            await scope.ServiceProvider.GetRequiredService<IntegrationsDemo>().SeedAsync();
            await scope.ServiceProvider.GetRequiredService<WebhooksDemo>().SeedAsync();
            await scope.ServiceProvider.GetRequiredService<SendingDemo>().SeedAsync();
        }

        await WelcomeFirstAdminAsync(app, scope.ServiceProvider);
        if (!await app.Services.GetRequiredService<MailCheck>().HasMailAsync())
            app.Logger.LogWarning("No mail server is set up (SMTP_HOST), nor a provider under Integrations: mail waits until there is one.");
    }

    /// <summary>Who asks and for what: as a configured proxy says, and what stands at the root as well as under /api.</summary>
    public static void UseAddresses(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseServicesAtRoot();
    }

    private static async Task WelcomeFirstAdminAsync(WebApplication app, IServiceProvider services)
    {
        var first = services.GetRequiredService<FirstAdmin>();
        if (!first.IsNeeded())
            return;
        var given = services.GetRequiredService<IOptions<FirstAdminOptions>>().Value;
        if (given is { Email: { } email, Password: { } password })
        {
            await CreateFirstAsync(first, new() { Email = email, Password = password, FullName = given.FullName });
            return;
        }

        // To the console, not the log: logs are kept and sent on, and the link is a secret.
        var options = services.GetRequiredService<PortalOptions>();
        await Console.Out.WriteLineAsync($"\nThis portal has no administrator yet. Open this link once to set it up:\n\n    {options.PublicUrl.TrimEnd('/')}/set-up?token={services.GetRequiredService<SetupLink>().Token}\n");
    }

    private static async Task CreateFirstAsync(FirstAdmin first, NewAdmin admin)
    {
        try
        {
            await first.CreateAsync(admin);
        }
        catch (PortalException) when (!first.IsNeeded())
        {
            // Another host started in the same moment and has created them.
        }
        catch (Invalid e)
        {
            throw new InvalidOperationException($"Portal:FirstAdmin: {e.Message}", e);
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
