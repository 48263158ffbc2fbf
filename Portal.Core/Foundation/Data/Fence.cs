using System.Reflection;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Portal.Core.Foundation;

/// <summary>The fence: which rows an actor reads, by query filter, and which they may write, before every save.</summary>
public partial class PortalDb
{
    public const string TenantFence = "Tenant";
    public const string ServiceFence = "Service";

    // The filters name these, so every context brings its own actor's values.
    private bool SeesAll => scope.Actor.SeesAll;

    private bool IsHouse => scope.Actor.IsSystem;

    private long Me => scope.Actor.UserId;

    /// <summary>The client that an admin looks at as its people do; zero is nobody's id.</summary>
    private long Viewed => scope.Actor.Viewing?.ClientId ?? 0;

    private void FenceAll(ModelBuilder model)
    {
        foreach (var type in model.Model.GetEntityTypes().Select(t => t.ClrType).Distinct().ToList())
        {
            if (typeof(IBelongsToClient).IsAssignableFrom(type))
                Fence(nameof(FenceTenant), type, model);
            if (typeof(IMayBelongToClient).IsAssignableFrom(type))
                Fence(nameof(FenceMaybe), type, model);
            if (typeof(IBelongsToPerson).IsAssignableFrom(type))
                Fence(nameof(FencePerson), type, model);
            if (typeof(IBelongsToService).IsAssignableFrom(type))
                Fence(nameof(FenceService), type, model);
        }

        model.Entity<Client>().HasQueryFilter(TenantFence, row => SeesAll || row.Id == Viewed || Access.Any(a => a.UserId == Me && a.ClientId == row.Id));
    }

    private void Fence(string how, Type row, ModelBuilder model) =>
        typeof(PortalDb).GetMethod(how, BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(row).Invoke(this, [model]);

    private void FenceTenant<T>(ModelBuilder model)
        where T : class, IBelongsToClient =>
        model.Entity<T>().HasQueryFilter(TenantFence, row => SeesAll || row.ClientId == Viewed || Access.Any(a => a.UserId == Me && a.ClientId == row.ClientId));

    private void FenceMaybe<T>(ModelBuilder model)
        where T : class, IMayBelongToClient =>
        model.Entity<T>().HasQueryFilter(TenantFence, row => SeesAll || row.ClientId == Viewed || (row.ClientId != null && Access.Any(a => a.UserId == Me && a.ClientId == row.ClientId)));

    private void FencePerson<T>(ModelBuilder model)
        where T : class, IBelongsToPerson =>
        model.Entity<T>().HasQueryFilter(TenantFence, row => IsHouse || (row.UserId == Me && (row.ClientId == null || SeesAll || Access.Any(a => a.UserId == Me && a.ClientId == row.ClientId))));

    private void FenceService<T>(ModelBuilder model)
        where T : class, IBelongsToService =>
        model.Entity<T>().HasQueryFilter(ServiceFence, row => SeesAll || row.ClientId == Viewed || Access.Any(a =>
            a.UserId == Me && a.ClientId == row.ClientId && (a.Service == null || a.Service == row.Service)));

    private async Task CheckWritesAsync(CancellationToken ct)
    {
        var touched = ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        foreach (var entry in touched)
            Unmoved(entry);
        if (!IsHouse && touched.Any(e => e.Entity is IBelongsToPerson own && own.UserId != Me))
            throw new NotFound("row");
        var owned = SeesAll ? [] : touched.Where(e => Owner(e.Entity) is not null).ToList();
        if (owned.Count == 0)
            return;
        var mine = await Access.AsNoTracking().Where(a => a.UserId == Me).ToListAsync(ct);
        if (scope.Actor.Viewing is { Grant: var grant })
            mine = [new() { UserId = Me, ClientId = grant.ClientId, Level = grant.Level }];
        foreach (var row in owned.Select(e => e.Entity))
            CheckWrite(row, mine);
    }

    private void CheckWrite(object row, List<Access> mine)
    {
        var here = mine.Where(a => a.ClientId == Owner(row)).ToList();
        if (here.Count == 0)
            throw new NotFound("client");
        if (row is IBelongsToService part && !here.Any(a => a.Service is null || a.Service == part.Service))
            throw new NotFound("client");
        if (!here.Any(a => scope.Can.Allows(a.Level) && (row is not IBelongsToService p || a.Service is null || a.Service == p.Service)))
            throw new Forbidden(scope.Can, scope.Actor);
    }

    /// <summary>The client whose row it is; null for the house's own. An event goes with the change it tells of, whoever may make that.</summary>
    private static long? Owner(object row) => row switch
    {
        IBelongsToClient owned => owned.ClientId,
        IMayBelongToClient and not EventRow => ((IMayBelongToClient)row).ClientId,
        Client client => client.Id,
        _ => null,
    };

    /// <summary>No row changes hands, and what happened is never rewritten.</summary>
    private static void Unmoved(EntityEntry entry)
    {
        if (entry.Entity is EventRow && entry.State is not EntityState.Added && !EventRow.OnlyMarks(entry))
            throw new InvalidOperationException("Events are only added to.");
        var isModified = entry is { State: EntityState.Modified, Entity: IBelongsToClient or IMayBelongToClient };
        if (isModified && entry.Property(nameof(IBelongsToClient.ClientId)).IsModified)
            throw new InvalidOperationException($"A {entry.Metadata.ClrType.Name} stays with its client.");
        if (entry is { State: EntityState.Modified, Entity: IBelongsToPerson } && (entry.Property(nameof(IBelongsToPerson.UserId)).IsModified || entry.Property(nameof(IBelongsToPerson.ClientId)).IsModified))
            throw new InvalidOperationException($"A {entry.Metadata.ClrType.Name} stays with its person.");
    }
}
