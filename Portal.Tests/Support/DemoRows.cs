namespace Portal.Tests.Support;

internal static class DemoRows
{
    /// <summary>What has left, or should, because of something that happened: not what the demo shows from the start.</summary>
    public static IQueryable<Delivery> NewDeliveries(this PortalDb db) => db.Deliveries.Where(d => !d.Key.StartsWith("demo:"));
}
