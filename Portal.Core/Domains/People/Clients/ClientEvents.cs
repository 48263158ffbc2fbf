namespace Portal.Core.Domains.People;

/// <summary>What happened to a client, for its own feed too.</summary>
public abstract record ClientEvent(long ClientId) : DomainEvent
{
    public override Subject About => new("client", ClientId);

    public override long? OfClient => ClientId;
}

/// <summary>The agency has a new client.</summary>
public sealed record ClientOpened(long ClientId, string Name) : ClientEvent(ClientId);

/// <summary>Someone has registered their organisation, which waits for approval.</summary>
public sealed record ClientRegistered(long ClientId, string Name, long UserId) : ClientEvent(ClientId);

public sealed record ClientApproved(long ClientId, string Name) : ClientEvent(ClientId);

public sealed record ClientDeclined(long ClientId, string Name, string Reason) : ClientEvent(ClientId);

public sealed record ClientActivated(long ClientId, string Name) : ClientEvent(ClientId);

public sealed record ClientDeactivated(long ClientId, string Name, string Reason) : ClientEvent(ClientId);

/// <summary>Which fields of its profile were changed.</summary>
public sealed record ClientProfileChanged(long ClientId, string Fields) : ClientEvent(ClientId);

/// <summary>The agency wrote something down for itself. In the audit log, not in the client's feed.</summary>
public sealed record ClientNoteChanged(long ClientId) : DomainEvent
{
    public override Subject About => new("client", ClientId);
}

public sealed record ClientClosing(long ClientId, string Name, DateTime ClosesAt) : ClientEvent(ClientId);

public sealed record ClientKept(long ClientId, string Name) : ClientEvent(ClientId);

public sealed record ClientClosed(long ClientId, string Name) : ClientEvent(ClientId);

public sealed record AgentAssigned(long ClientId, string ClientName, long AgentId, string AgentName, Service Service) : ClientEvent(ClientId);

public sealed record AgentUnassigned(long ClientId, string ClientName, long AgentId, string AgentName, Service Service) : ClientEvent(ClientId);

/// <summary>An admin looks at the client's portal.</summary>
public sealed record ClientViewed(long ClientId, string Name) : ClientEvent(ClientId);

public sealed record ClientViewEnded(long ClientId, string Name) : ClientEvent(ClientId);

/// <summary>From here on the admin's acts there are done.</summary>
public sealed record ClientChangesTaken(long ClientId, string Name) : ClientEvent(ClientId);

/// <summary>A page that an admin opened while looking. In the audit log, not in the client's feed.</summary>
public sealed record ClientPageViewed(long ClientId, string Page) : DomainEvent
{
    public override Subject About => new("client", ClientId);
}

public sealed record ClientsImported(int Count, int Skipped) : AgencyEvent;
