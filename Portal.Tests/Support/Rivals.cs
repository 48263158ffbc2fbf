using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Portal.Tests.Support;

/// <summary>Two who change the same at the same instant, without waiting for luck.</summary>
internal static class Rivals
{
    /// <summary>A service as another host would run it, on the same database. Between what its unit has read and what it saves, something else happens.</summary>
    public static async Task MeanwhileAsync<T>(this PortalServer server, Func<T, Task> act, Func<Task> meanwhile)
        where T : class
    {
        var file = Path.Combine(server.DataPath, "portal.db");
        var elsewhere = new Database(new SqliteProvider($"Data Source={file}", o => o.AddInterceptors(new BeforeSaving(meanwhile))), server.Get<TimeProvider>());
        await using var scope = server.Services.CreateAsyncScope();
        await act(ActivatorUtilities.CreateInstance<T>(scope.ServiceProvider, elsewhere));
    }

    private sealed class BeforeSaving(Func<Task> meanwhile) : SaveChangesInterceptor
    {
        private int times;

        public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (Interlocked.Increment(ref times) == 1)
                await meanwhile();
            return result;
        }
    }
}
