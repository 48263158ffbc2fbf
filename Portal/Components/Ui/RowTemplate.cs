// A component per cell would cost a table of 50 × 8 more than a megabyte per circuit. So a row's columns are read
// out of their frames instead; the frame types are public, and marked for those who know what they do.
#pragma warning disable BL0006
using System.Text;
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

    /// <summary>A row, in as few frames as it can be: what does not live is HTML, side by side in one piece unless it is shared.</summary>
    /// <param name="first">A cell before the columns, as HTML.</param>
    public void Render(RenderTreeBuilder builder, RenderFragment template, string? link, object? key, string? first = null)
    {
        builder.OpenElement(0, "tr");
        builder.SetKey(key);
        var run = new StringBuilder(first);
        foreach (var cell in Read(template).Cells)
        {
            var (html, isShared) = cell.Flat(link);
            if (html is not null && !isShared)
            {
                run.Append(html);
                continue;
            }

            EndRun(builder, run);
            if (html is not null)
                builder.AddMarkupContent(1, html);
            else
                cell.Render(builder, link);
        }

        EndRun(builder, run);
        builder.CloseElement();
    }

    private static void EndRun(RenderTreeBuilder builder, StringBuilder run)
    {
        if (run.Length > 0)
            builder.AddMarkupContent(2, run.ToString());
        run.Clear();
    }

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

        private string Element => IsLead ? "th" : "td";

        /// <summary>As HTML when nothing in it lives, which most cells are; else as frames. The same HTML may stand in many rows: then it is shared.</summary>
        public (string? Html, bool IsShared) Flat(string? link)
        {
            using var content = new RenderTreeBuilder();
            RenderContent(content, link);
            var frames = content.GetFrames();
            var html = new StringBuilder(256).Append('<').Append(Element);
            if (IsLead)
                html.Append(" scope=\"row\"");
            else if (!IsShrunk)
                StaticHtml.Attribute(html, "data-label", Title);
            if (Class is { } look)
                StaticHtml.Attribute(html, "class", look);
            html.Append('>');
            if (!StaticHtml.TryWrite(frames.Array.AsSpan(0, frames.Count), html))
                return (null, false);
            var cell = html.Append("</").Append(Element).Append('>').ToString();

            // A chip is the same string in every row of every circuit; then so is its cell.
            return frames.Count == 1 && frames.Array[0].FrameType is RenderTreeFrameType.Markup && string.IsInterned(frames.Array[0].MarkupContent) is not null
                ? (string.Intern(cell), true)
                : (cell, false);
        }

        public void Render(RenderTreeBuilder builder, string? link)
        {
            builder.OpenElement(3, Element);
            if (IsLead)
                builder.AddAttribute(4, "scope", "row");
            else if (!IsShrunk)
                builder.AddAttribute(5, "data-label", Title);
            if (Class is { } look)
                builder.AddAttribute(6, "class", look);
            RenderContent(builder, link);
            builder.CloseElement();
        }

        private void RenderContent(RenderTreeBuilder builder, string? link)
        {
            if (!IsLead || link is null)
            {
                // Alone in its element, so that its numbers need no region of their own.
                Content?.Invoke(builder);
                return;
            }

            builder.OpenElement(7, "a");
            builder.AddAttribute(8, "class", "row-link");
            builder.AddAttribute(9, "href", link);
            Content?.Invoke(builder);
            builder.CloseElement();
        }
    }
}
