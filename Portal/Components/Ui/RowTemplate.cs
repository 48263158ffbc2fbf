// A component per cell would cost a table of 50 × 8 more than a megabyte per circuit. So a row's columns are read
// out of their frames instead; the frame types are public, and marked for those who know what they do.
#pragma warning disable BL0006
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.RenderTree;

namespace Portal.Components.Ui;

/// <summary>What one row's template says: its columns, and what stands there when there are no rows.</summary>
internal sealed class RowTemplate : IDisposable
{
    private readonly RenderTreeBuilder scratch = new();

    public List<Cell> Cells { get; } = new(8);

    public RenderFragment? WhenEmpty { get; private set; }

    public RowTemplate Read(RenderFragment template)
    {
        scratch.Clear();
        Cells.Clear();
        template(scratch);
        var frames = scratch.GetFrames();
        for (var i = 0; i < frames.Count; i++)
        {
            ref readonly var frame = ref frames.Array[i];
            if (frame.FrameType is not RenderTreeFrameType.Component)
                continue;
            var attributes = frames.Array.AsSpan(i + 1, frame.ComponentSubtreeLength - 1);
            if (frame.ComponentType == typeof(Column))
                Cells.Add(Column(attributes));
            else if (frame.ComponentType == typeof(WhenEmpty))
                WhenEmpty = Column(attributes).Content;
            i += frame.ComponentSubtreeLength - 1;
        }

        return this;
    }

    public void Dispose() => scratch.Dispose();

    private static Cell Column(ReadOnlySpan<RenderTreeFrame> attributes)
    {
        var cell = new Cell();
        foreach (ref readonly var attribute in attributes)
        {
            cell = (attribute.AttributeName, attribute.AttributeValue) switch
            {
                (nameof(Ui.Column.Title), string title) => cell with { Title = title },
                (nameof(Ui.Column.Sort), string sort) => cell with { Sort = sort },
                (nameof(Ui.Column.Lead), bool lead) => cell with { IsLead = lead },
                (nameof(Ui.Column.Number), bool number) => cell with { IsNumber = number },
                (nameof(Ui.Column.Shrink), bool shrink) => cell with { IsShrunk = shrink },
                (nameof(Ui.Column.Class), string look) => cell with { Look = look },
                (nameof(Ui.Column.ChildContent), RenderFragment content) => cell with { Content = content },
                _ => cell,
            };
        }

        return cell;
    }

    internal readonly record struct Cell(string? Title, string? Sort, bool IsLead, bool IsNumber, bool IsShrunk, string? Look, RenderFragment? Content)
    {
        public string? Class => (IsLead, IsNumber, IsShrunk, Look) switch
        {
            (false, false, false, _) => Look,
            (true, false, false, null) => "lead",
            (false, true, false, null) => "num",
            (false, false, true, null) => "shrink",
            _ => Show.Class(IsLead ? "lead" : null, IsNumber ? "num" : null, IsShrunk ? "shrink" : null, Look),
        };

        public void Render(RenderTreeBuilder builder, string? link)
        {
            builder.OpenElement(0, IsLead ? "th" : "td");
            if (IsLead)
                builder.AddAttribute(1, "scope", "row");
            else if (!IsShrunk)
                builder.AddAttribute(2, "data-label", Title);
            if (Class is { } look)
                builder.AddAttribute(3, "class", look);
            if (IsLead && link is not null)
            {
                builder.OpenElement(4, "a");
                builder.AddAttribute(5, "class", "row-link");
                builder.AddAttribute(6, "href", link);
                Content?.Invoke(builder);
                builder.CloseElement();
            }
            else
            {
                // Alone in its element, so that its numbers need no region of their own.
                Content?.Invoke(builder);
            }

            builder.CloseElement();
        }
    }
}
