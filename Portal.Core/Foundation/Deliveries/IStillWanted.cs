namespace Portal.Core.Foundation;

/// <summary>Knows whether news is still news when it is due to leave: what waited for the morning may have been read in the portal meanwhile.</summary>
public interface IStillWanted
{
    /// <param name="db">The unit of work that claims them.</param>
    /// <param name="due">Only what tells a person something: with its topic, or, where it is critical, with its event alone.</param>
    /// <returns>Why not, by delivery. What is not named is sent.</returns>
    Task<Dictionary<long, string>> NotWantedAsync(PortalDb db, IReadOnlyCollection<Delivery> due);
}
