namespace Portal.Core.Foundation;

/// <summary>A row of a client's. Every child row carries its client too.</summary>
public interface IBelongsToClient
{
    long ClientId { get; }
}

/// <summary>A row of the house's that may be about one client: an event, a delivery. Without a client only admins see it.</summary>
public interface IMayBelongToClient
{
    long? ClientId { get; }
}

/// <summary>A row that an agent reaches only for their own service.</summary>
public interface IBelongsToService : IBelongsToClient
{
    Service Service { get; }
}

/// <summary>A row of one person's: nobody else reads it, not even an admin. What it says of a client goes when their access to that client goes.</summary>
public interface IBelongsToPerson
{
    long UserId { get; }

    long? ClientId { get; }
}

/// <summary>A row that two people may edit at once: the second is told.</summary>
public interface IVersioned
{
    long Version { get; set; }
}
