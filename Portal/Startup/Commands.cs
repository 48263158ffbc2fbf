using System.Runtime.InteropServices;
using Microsoft.Extensions.Options;
using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>What the program does instead of serving: backup and restore.</summary>
public static class Commands
{
    private const string Usage = "Use: dotnet Portal.dll backup <folder or file>, or: dotnet Portal.dll restore <file>. Settings may follow, each as --Name=value.";

    /// <summary>What is left of the arguments for configuration.</summary>
    public static string[] WithoutCommand(string[] args) => IsCommand(args) ? args[Math.Min(2, args.Length)..] : args;

    /// <returns>The exit code, or null when the host is to serve.</returns>
    public static async Task<int?> RunCommandAsync(this WebApplicationBuilder builder, string[] args) => IsCommand(args) ? await RunAsync(builder, args) : null;

    private static bool IsCommand(string[] args) => args is ["backup" or "restore", ..];

    private static async Task<int> RunAsync(WebApplicationBuilder builder, string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            if (!IsComplete(args))
                throw new RuleBroken("usage", Usage);
            await using var app = builder.Build(); // here, since it is refused where a setting is wrong
            await Console.Out.WriteLineAsync(args[0] == "backup" ? await BackUpAsync(app.Services, args[1], stop.Token) : await RestoreAsync(app.Services, args[1], stop.Token));
            return 0;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync(Why(e, stop.IsCancellationRequested));
            return 1;
        }

        // Not at once: what was begun is cleared away first.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static bool IsComplete(string[] args) => args is [_, [not '-', ..], .. var settings] && settings.All(s => s.StartsWith("--", StringComparison.Ordinal) && s.Contains('='));

    /// <summary>In a line what whoever runs it can put right; a bug in full.</summary>
    private static string Why(Exception error, bool isStopped) => error switch
    {
        OperationCanceledException when isStopped => "Stopped before it was done: nothing was changed, and nothing was left behind.",
        RuleBroken or IOException or UnauthorizedAccessException or OptionsValidationException or InvalidOperationException or ArgumentException => error.Message,
        _ when DbErrors.Translate(error) is not null => error.Message,
        _ => error.ToString(),
    };

    private static async Task<string> BackUpAsync(IServiceProvider services, string target, CancellationToken ct)
    {
        var (file, manifest) = await services.GetRequiredService<Backup>().RunAsync(target, ct);
        return $"Backed up to {file}: {Contents(manifest)}. The master key is not in it: keep it apart.";
    }

    private static async Task<string> RestoreAsync(IServiceProvider services, string archive, CancellationToken ct)
    {
        var restored = await services.GetRequiredService<Restore>().RunAsync(archive, ct);
        var before = restored.Before is { } folder ? $" What was there before is in {folder}; delete it when you are content." : "";
        return $"Restored {Contents(restored.Manifest)}, backed up at {restored.Manifest.MadeAt:yyyy-MM-dd HH:mm:ss} UTC. Start the portal with the master key of that time.{before}";
    }

    private static string Contents(BackupManifest manifest) =>
        $"the database ({manifest.Parts.Single(p => p.Name == BackupManifest.Database).Size:N0} bytes, schema {manifest.Schema}) and {manifest.Parts.Count - 1:N0} files"
        + (manifest.Missing > 0 ? $"; {manifest.Missing:N0} files that the database names were gone already" : "");
}
