namespace Portal.Core.Foundation;

/// <summary>
/// Tells the open pages of this host that what they show has changed. A signal carries nothing: whoever hears it asks again, so that
/// one too many does no harm.
/// </summary>
public sealed class LiveSignals
{
    private readonly Lock gate = new();
    private readonly Dictionary<Subject, List<Ear>> ears = [];

    /// <summary>Until what is returned is disposed. What is heard is only noted here; the page does its own work.</summary>
    public IDisposable Listen(Subject about, Action heard)
    {
        var ear = new Ear(this, about, heard);
        lock (gate)
        {
            if (!ears.TryGetValue(about, out var others))
                ears[about] = others = [];
            others.Add(ear);
        }

        return ear;
    }

    public void Raise(Subject about)
    {
        Ear[] listening;
        lock (gate)
            listening = ears.TryGetValue(about, out var all) ? [.. all] : [];
        foreach (var ear in listening)
            ear.Heard();
    }

    /// <summary>Whether anyone listens for this kind of thing.</summary>
    public bool IsHeard(string kind)
    {
        lock (gate)
            return ears.Keys.Any(about => about.Kind == kind);
    }

    private void Forget(Ear ear)
    {
        lock (gate)
        {
            if (ears.TryGetValue(ear.About, out var others) && others.Remove(ear) && others.Count == 0)
                ears.Remove(ear.About);
        }
    }

    private sealed class Ear(LiveSignals signals, Subject about, Action heard) : IDisposable
    {
        public Subject About { get; } = about;

        public void Heard() => heard();

        public void Dispose() => signals.Forget(this);
    }
}
