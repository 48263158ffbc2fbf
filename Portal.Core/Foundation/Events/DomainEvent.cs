namespace Portal.Core.Foundation;

/// <summary>Something that happened, in the past tense. Its properties are kept for ever as JSON, so secrets have no place in it.</summary>
public abstract record DomainEvent
{
    /// <summary>The thing it happened to.</summary>
    public abstract Subject About { get; }

    /// <summary>The client whose feed it belongs to, if any.</summary>
    public virtual long? OfClient => null;
}

/// <summary>A thing by kind and id: what an object's history is looked up by.</summary>
public readonly record struct Subject(string Kind, long Id)
{
    public override string ToString() => $"{Kind} {Id}";
}
