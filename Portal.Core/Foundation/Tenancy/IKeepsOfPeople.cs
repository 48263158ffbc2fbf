namespace Portal.Core.Foundation;

/// <summary>A room above that keeps something of people: what it hands over when one of them asks for everything that is held about them.</summary>
public interface IKeepsOfPeople
{
    /// <summary>The name of its part.</summary>
    string Part { get; }

    Task<object> OfAsync(PortalDb db, long userId, CancellationToken ct);
}
