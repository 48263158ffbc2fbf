using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Support;

/// <summary>
/// The real host with the demo people in it: in memory through CreateClient, or on a port after Listen. Its data folder is temporary;
/// two hosts that name the same one share a database.
/// </summary>
public sealed class PortalServer : WebApplicationFactory<Program>
{
    public const string Password = "Portal!demo1";
    public const string Admin = "admin@portal.local";
    public const string MarketingAgent = "marketing@portal.local";
    public const string WebsiteAgent = "website@portal.local";
    public const string AcmeOwner = "owner@acme.local";
    public const string AcmeViewer = "viewer@acme.local";
    public const string GlobexOwner = "owner@globex.local";

    private readonly TempFolder folder = new();

    /// <summary>Where the data lies: the server's own folder, unless another is named.</summary>
    public string DataPath { get => field ?? folder.Path; init; }

    public string Environment { get; init; } = "Development";

    public Dictionary<string, string> Settings { get; init; } = [];

    public TestClock? Clock { get; init; }

    /// <summary>Whether the schedule rings. Tests that drive relay and sender themselves leave it off.</summary>
    public bool JobsRun { get; init; }

    /// <summary>Whether there are stand-ins for providers. Tests of what is not configured leave them off.</summary>
    public bool HasSimulators { get; init; }

    /// <summary>Hears all that is logged.</summary>
    public ILoggerProvider? Log { get; init; }

    /// <summary>Comes between the portal and its database.</summary>
    public IInterceptor? Between { get; init; }

    /// <summary>The newest such mail to someone, as soon as it has left.</summary>
    public async Task<MailRead> MailAsync(string email, Func<MailRead, bool> isIt)
    {
        var box = Get<FileMailbox>();
        for (var i = 0; i < 200; i++, await Task.Delay(100, Ct))
        {
            foreach (var line in box.List().Where(l => l.To == email))
            {
                if (await box.ReadAsync(line.Name, Ct) is var mail && isIt(mail))
                    return mail;
            }
        }

        throw new TimeoutException($"No such mail came to {email}.");
    }

    /// <summary>What stands in for the world outside.</summary>
    public Action<IServiceCollection>? More { get; init; }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public Uri Listen(int port = 0)
    {
        UseKestrel(port);
        StartServer();
        return new UriBuilder(ClientOptions.BaseAddress) { Host = "localhost" }.Uri; // passkeys refuse an address of numbers
    }

    /// <summary>A program that has signed in as this person.</summary>
    public async Task<HttpClient> SignedInAsync(string email)
    {
        var client = CreateClient(new() { AllowAutoRedirect = false });
        using var answer = await client.PostAsJsonAsync("/api/auth/login", new { email, password = Password }, Ct);
        var grant = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Ct);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", grant.GetProperty("access_token").GetString());
        return client;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment).UseSetting("Portal:DataPath", DataPath).UseSetting("Portal:Simulators", HasSimulators ? "true" : "false");
        foreach (var (name, value) in Settings)
            builder.UseSetting(name, value);
        builder.ConfigureTestServices(services =>
        {
            if (Clock is not null)
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            if (Between is not null)
                services.Replace(ServiceDescriptor.Singleton<IProvider>(new SqliteProvider($"Data Source={Path.Combine(DataPath, "portal.db")};Default Timeout=5", o => o.AddInterceptors(Between))));
            services.Replace(ServiceDescriptor.Singleton(s => new ProviderHttp(
                new LoopbackOnly(), (account, words, ct) => s.GetRequiredService<ProviderHealth>().BrokenAsync(account, words, ct), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<ProviderHttp>>())));
            More?.Invoke(services);
            services.RemoveAll<ILoggerProvider>();
            if (Log is not null)
                services.AddSingleton(Log);
            if (!JobsRun)
                WithoutJobs(services);
        });
    }

    private static void WithoutJobs(IServiceCollection services)
    {
        foreach (var service in services.Where(s => s.ServiceType == typeof(IHostedService) && IsOfQuartz(s)).ToList())
            services.Remove(service);
    }

    private static bool IsOfQuartz(ServiceDescriptor service) =>
        (service.ImplementationType ?? service.ImplementationInstance?.GetType() ?? service.ImplementationFactory?.Method.DeclaringType)?.Assembly.GetName().Name == "Quartz";
}
