namespace Portal.Core.Foundation;

/// <summary>The portal's own work belongs to the agency.</summary>
public abstract record JobEvent(string Job) : DomainEvent
{
    public override Subject About => new("agency", Agency.TheId);
}

public sealed record JobPaused(string Job) : JobEvent(Job);

public sealed record JobResumed(string Job) : JobEvent(Job);

/// <summary>Someone did not wait for its time.</summary>
public sealed record JobAskedFor(string Job) : JobEvent(Job);
