namespace Portal.Benchmarks.Floor;

/// <summary>The yardstick: what <c>dotnet new blazor --interactivity Server --all-interactive</c> gives, and nothing of ours. Run as a child process by the hidden verb <c>floor</c>.</summary>
internal static class FloorApp
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();

        await using var app = builder.Build();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        app.MapGet("/gc", MeasureMemory);
        await app.RunAsync();
        return 0;
    }

    private static string MeasureMemory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return FormattableString.Invariant($"{GC.GetTotalMemory(forceFullCollection: true)} {Environment.WorkingSet}");
    }
}
