using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Portal.Benchmarks.Frame;

/// <summary>A site running as a child process on a free loopback port; killed when disposed.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly LastLines output = new();

    private HostProcess(Process process, Uri url)
    {
        this.process = process;
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 8 })
        {
            BaseAddress = url,
            Timeout = Patience,
        };
    }

    public HttpClient Client { get; }

    public int Id => process.Id;

    public Uri Url => Client.BaseAddress!;

    /// <summary>From starting the process until it first answered 200.</summary>
    public TimeSpan StartedIn { get; private set; }

    public long RssBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>How it is, and what it said last: for whoever got no answer.</summary>
    public string Condition => $"{(process.HasExited ? FormattableString.Invariant($"ended with {process.ExitCode}") : "is up")}\n{output}";

    public static async Task<HostProcess> StartAsync(Site site, string path, TempFolder data, IReadOnlyDictionary<string, string>? settings = null, int? port = null)
    {
        if (!File.Exists(site.Dll))
            throw new BenchmarkException($"{site.Dll} is missing: build it in the same configuration.");
        var url = new Uri($"http://localhost:{port ?? FreePort()}");
        var began = Stopwatch.GetTimestamp();
        var host = new HostProcess(Process.Start(Describe(site, url, data, settings ?? new Dictionary<string, string>()))!, url);
        host.output.ReadFrom(host.process);
        try
        {
            await host.WaitForAsync(site, path, began);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async Task<HostMemory> MemoryAsync() => HostMemory.Parse(await Client.GetStringAsync("/gc"));

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static ProcessStartInfo Describe(Site site, Uri url, TempFolder data, IReadOnlyDictionary<string, string> settings)
    {
        var start = Describe(site, url, data);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return start;
    }

    private static ProcessStartInfo Describe(Site site, Uri url, TempFolder data) => new("dotnet", [site.Dll, .. site.Arguments])
    {
        WorkingDirectory = data.Path,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment =
        {
            // Production would not find the assets of a build that was not published.
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            // Development would compress files again for every request, without compressing; serve what the build compressed, as Production does.
            ["ReloadStaticAssetsAtRuntime"] = "false",
            ["ASPNETCORE_URLS"] = url.ToString(),
            ["Bench__Enabled"] = "true",
            ["Portal__DataPath"] = data.Path,
            ["Logging__LogLevel__Default"] = "Warning",
            ["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning",
        },
    };

    private async Task WaitForAsync(Site site, string path, long began)
    {
        var answer = "nothing";
        while (Stopwatch.GetElapsedTime(began) < Patience && !process.HasExited)
        {
            try
            {
                using var response = await Client.GetAsync(path);
                StartedIn = Stopwatch.GetElapsedTime(began);
                if (response.StatusCode == HttpStatusCode.OK)
                    return;
                answer = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(2);
        }

        throw new BenchmarkException($"{site.Name} {(process.HasExited ? "ended" : "is up")} but {path} answered {answer}, not 200.\n{output}");
    }
}
