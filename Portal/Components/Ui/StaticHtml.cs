// Reads render frames, which are public and marked for those who know what they do: see RowTemplate.
#pragma warning disable BL0006
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.RenderTree;

namespace Portal.Components.Ui;

/// <summary>Writes frames that will never change or answer as plain HTML, so that a cell is one frame of a circuit's memory instead of many.</summary>
internal static class StaticHtml
{
    private static readonly HashSet<string> Void = ["br", "hr", "img", "input", "wbr"];

    /// <summary>A fragment as one piece of HTML when nothing in it lives, else as it is.</summary>
    public static RenderFragment Flat(RenderFragment content) => builder =>
    {
        using var scratch = new RenderTreeBuilder();
        content(scratch);
        var (frames, html) = (scratch.GetFrames(), new StringBuilder());
        if (TryWrite(frames.Array.AsSpan(0, frames.Count), html))
            builder.AddMarkupContent(0, html.ToString());
        else
            builder.AddContent(1, content);
    };

    /// <returns>False when something in it lives: a component, a handler, a reference.</returns>
    public static bool TryWrite(ReadOnlySpan<RenderTreeFrame> frames, StringBuilder html)
    {
        for (var i = 0; i < frames.Length; i++)
        {
            ref readonly var frame = ref frames[i];
            switch (frame.FrameType)
            {
                case RenderTreeFrameType.Text:
                    html.Append(HtmlEncoder.Default.Encode(frame.TextContent));
                    break;
                case RenderTreeFrameType.Markup:
                    html.Append(frame.MarkupContent);
                    break;
                case RenderTreeFrameType.Region when TryWrite(frames.Slice(i + 1, frame.RegionSubtreeLength - 1), html):
                    i += frame.RegionSubtreeLength - 1;
                    break;
                case RenderTreeFrameType.Element when TryWriteElement(frames.Slice(i, frame.ElementSubtreeLength), html):
                    i += frame.ElementSubtreeLength - 1;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    public static void Attribute(StringBuilder html, string name, string? value) =>
        html.Append(' ').Append(name).Append("=\"").Append(HtmlEncoder.Default.Encode(value ?? "")).Append('"');

    private static bool TryWriteElement(ReadOnlySpan<RenderTreeFrame> element, StringBuilder html)
    {
        var name = element[0].ElementName;
        html.Append('<').Append(name);
        var inside = 1;
        for (; inside < element.Length && element[inside].FrameType is RenderTreeFrameType.Attribute; inside++)
        {
            ref readonly var attribute = ref element[inside];
            if (attribute.AttributeValue is string value)
                Attribute(html, attribute.AttributeName, value);
            else if (attribute.AttributeValue is true)
                html.Append(' ').Append(attribute.AttributeName);
            else if (attribute.AttributeValue is not (null or false))
                return false;
        }

        html.Append('>');
        if (Void.Contains(name))
            return true;
        if (!TryWrite(element[inside..], html))
            return false;
        html.Append("</").Append(name).Append('>');
        return true;
    }
}
