using Microsoft.AspNetCore.Components;

namespace Portal.Components.Ui;

/// <summary>A column of a <see cref="DataTable{TRow}"/>. It is read by the table and never becomes a component of its own.</summary>
public sealed class Column : ComponentBase
{
    [Parameter]
    public string? Title { get; set; }

    /// <summary>The name of the order that the heading asks for. None: it cannot be sorted by.</summary>
    [Parameter]
    public string? Sort { get; set; }

    /// <summary>The cell that names the row.</summary>
    [Parameter]
    public bool Lead { get; set; }

    /// <summary>Figures: aligned at their end.</summary>
    [Parameter]
    public bool Number { get; set; }

    /// <summary>As narrow as its content: row actions. Its title is for screen readers only.</summary>
    [Parameter]
    public bool Shrink { get; set; }

    /// <summary>Further classes of the cells.</summary>
    [Parameter]
    public string? Class { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}

/// <summary>What a <see cref="DataTable{TRow}"/> offers as long as it has no rows: the first action.</summary>
public sealed class WhenEmpty : ComponentBase
{
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
