namespace Portal.Core.Domains.People;

/// <summary>What counts against an agent's capacity: each client they are assigned to, once, unless it was declined or closed.</summary>
internal static class Assignments
{
    public static IQueryable<Access> Counted(PortalDb db) =>
        from access in db.Access
        join client in db.Clients on access.ClientId equals client.Id
        where access.Level == AccessLevel.Worker && client.Status != ClientStatus.Declined && client.Status != ClientStatus.Closed
        select access;
}
