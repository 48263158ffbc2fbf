using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Portal.Tests.Support;

/// <summary>The host as it runs for real: a process of its own in Production, with the demo people, on a port and a data folder of its own.</summary>
public sealed partial class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly ConcurrentQueue<string> said = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task reading;

    private HostProcess(Process process)
    {
        this.process = process;
        reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>The program's own folder: a test's output holds the program, but not all that it is started with.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory.Replace("Portal.Tests", "Portal", StringComparison.Ordinal), "Portal.dll");

    public static string MasterKey => "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /// <summary>All it has printed so far, line by line.</summary>
    public IReadOnlyCollection<string> Said => said;

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public static async Task<HostProcess> StartAsync(string dataPath, params (string Name, string Value)[] settings)
    {
        var host = new HostProcess(Process.Start(Command(dataPath, ["--seed-demo"], [("ASPNETCORE_URLS", "http://127.0.0.1:0"), .. settings]))!);
        host.Client.BaseAddress = await host.listening.Task.WaitAsync(Patience, Ct);
        return host;
    }

    /// <summary>Runs the program with a command instead of as a host.</summary>
    public static Task<(int ExitCode, string Said)> RunAsync(string dataPath, params string[] arguments) => RunAsync(dataPath, null, arguments);

    /// <summary>The same; asked to stop when there is something to stop it at.</summary>
    public static async Task<(int ExitCode, string Said)> RunAsync(string dataPath, Func<Task>? untilStopped, params string[] arguments)
    {
        using var run = Process.Start(Command(dataPath, arguments, []))!;
        var all = Task.WhenAll(run.StandardOutput.ReadToEndAsync(Ct), run.StandardError.ReadToEndAsync(Ct));
        if (untilStopped is not null)
        {
            await untilStopped();
            await TerminateAsync(run);
        }

        var said = await all;
        await run.WaitForExitAsync(Ct).WaitAsync(Patience, Ct);
        return (run.ExitCode, string.Concat(said));
    }

    /// <summary>A bearer token of one of the demo people.</summary>
    public async Task SignInAsync(string email)
    {
        using var answer = await Client.PostAsync("/api/auth/login", new { email, password = PortalServer.Password });
        var grant = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Ct);
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", grant.Text("access_token"));
    }

    /// <summary>Asks it to stop, as whatever keeps it running does.</summary>
    public Task TerminateAsync() => TerminateAsync(process);

    private static async Task TerminateAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await kill.WaitForExitAsync(Ct);
    }

    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync(Ct).WaitAsync(Patience, Ct);
        await reading;
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        await reading;
        process.Dispose();
        Client.Dispose();
    }

    private static ProcessStartInfo Command(string dataPath, string[] arguments, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (string Name, string Value)[] usual = [("ASPNETCORE_ENVIRONMENT", "Production"), ("Portal__DataPath", dataPath), ("Portal__MasterKey", MasterKey), ("Portal__PublicUrl", "http://localhost")];
        foreach (var (name, value) in usual.Concat(settings))
            start.Environment[name] = value;
        return start;
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync(CancellationToken.None) is { } line)
        {
            said.Enqueue(line);
            if (Address().Match(line) is { Success: true, Value: var address })
                listening.TrySetResult(new(address));
        }

        listening.TrySetException(new InvalidOperationException($"The host ended: {string.Join('\n', said)}"));
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
