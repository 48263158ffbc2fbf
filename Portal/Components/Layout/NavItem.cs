namespace Portal.Components.Layout;

/// <summary>A page in the navigation.</summary>
public sealed record NavItem(string Title, string Href, string Icon)
{
    /// <summary>A home page is current only by itself, the others with all that lies below them.</summary>
    public bool IsHome { get; init; }

    public bool Holds(string path) => path == Href || (!IsHome && path.StartsWith(Href + "/", StringComparison.Ordinal));
}

/// <summary>Pages that belong together. The first group has no title.</summary>
public sealed record NavGroup(string? Title, params IReadOnlyList<NavItem> Items);
