namespace Portal.Startup;

/// <summary>What the benchmarks ask of a running host. Off unless Bench:Enabled.</summary>
public static class Bench
{
    public static bool IsEnabled(IConfiguration configuration) => configuration.GetValue<bool>("Bench:Enabled");

    public static void MapBench(this WebApplication app)
    {
        if (!IsEnabled(app.Configuration))
        {
            // The page is part of the program; without the switch it is not there.
            app.MapGet("/bench", () => Results.NotFound()).WithOrder(-1).ExcludeFromDescription();
            return;
        }

        app.MapGet("/gc", () =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();

            // What it only keeps for later is given back, so that the second figure too is of what is held.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            return $"{GC.GetTotalMemory(forceFullCollection: true)} {Environment.WorkingSet}";
        }).AllowAnonymous().ExcludeFromDescription();
    }
}
