using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Portal.Core.Domains.People;

/// <summary>What an edit of a whole profile changed.</summary>
internal static class ProfileChange
{
    private static readonly string[] Kept = [nameof(IVersioned.Version), nameof(Client.SearchName)];

    /// <returns>The fields for the event, empty when it is as it was. An edit of a state that is gone is refused; one that changes nothing is done already.</returns>
    public static string Of<T>(PortalDb db, T row, long editedVersion)
        where T : class, IVersioned
    {
        var entry = db.Entry(row);
        entry.DetectChanges();
        var changed = string.Join(", ", Fields(entry));
        if (changed.Length > 0 && editedVersion != row.Version)
            throw new Conflict("changed", "Someone else changed this in the meantime. Load it again.");
        return changed;
    }

    private static IEnumerable<string> Fields(EntityEntry entry) => entry.State is EntityState.Added
        ? ["all"]
        : entry.Properties.Where(p => p.IsModified && !Kept.Contains(p.Metadata.Name)).Select(p => Input.Name(p.Metadata.Name))
            .Concat(entry.ComplexProperties.Where(c => c.Properties.Any(p => p.IsModified)).Select(c => Input.Name(c.Metadata.Name)));
}
