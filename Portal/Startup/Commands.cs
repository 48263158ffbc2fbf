using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>What the program does instead of serving: backup and restore.</summary>
public static class Commands
{
    private const string Usage = "Use: dotnet Portal.dll backup <folder or file>, or: dotnet Portal.dll restore <file>.";

    /// <summary>What is left of the arguments for configuration.</summary>
    public static string[] WithoutCommand(string[] args) => IsCommand(args) ? args[Math.Min(2, args.Length)..] : args;

    /// <returns>The exit code, or null when the host is to serve.</returns>
    public static async Task<int?> RunCommandAsync(this WebApplication app, string[] args)
    {
        if (!IsCommand(args))
            return null;
        try
        {
            await Console.Out.WriteLineAsync(args.Length < 2 ? throw new RuleBroken("usage", Usage)
                : args[0] == "backup" ? await BackUpAsync(app.Services, args[1])
                : await RestoreAsync(app.Services, args[1]));
            return 0;
        }
        catch (Exception e) when (e is RuleBroken or IOException or UnauthorizedAccessException || DbErrors.Translate(e) is not null)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static bool IsCommand(string[] args) => args is ["backup" or "restore", ..];

    private static async Task<string> BackUpAsync(IServiceProvider services, string target)
    {
        var (file, manifest) = await services.GetRequiredService<Backup>().RunAsync(target);
        return $"Backed up to {file}: {Contents(manifest)}. The master key is not in it: keep it apart.";
    }

    private static async Task<string> RestoreAsync(IServiceProvider services, string archive)
    {
        var restored = await services.GetRequiredService<Restore>().RunAsync(archive);
        var before = restored.Before is { } folder ? $" What was there before is in {folder}; delete it when you are content." : "";
        return $"Restored {Contents(restored.Manifest)}, backed up at {restored.Manifest.MadeAt:yyyy-MM-dd HH:mm:ss} UTC. Start the portal with the master key of that time.{before}";
    }

    private static string Contents(BackupManifest manifest) =>
        $"the database ({manifest.Parts.Single(p => p.Name == BackupManifest.Database).Size:N0} bytes, schema {manifest.Schema}) and {manifest.Parts.Count - 1:N0} files"
        + (manifest.Missing > 0 ? $"; {manifest.Missing:N0} files that the database names were gone already" : "");
}
