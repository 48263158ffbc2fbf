namespace Portal.Core.Foundation;

/// <summary>What a line of a template is made of. Values come in when it is written out, and are never read as markup.</summary>
internal abstract record TemplatePiece
{
    public sealed record Words(string Text) : TemplatePiece;

    public sealed record Place(TemplateVariable Variable, string? Default) : TemplatePiece;

    public sealed record Bold(IReadOnlyList<TemplatePiece> Pieces) : TemplatePiece;

    /// <param name="Label">What is read.</param>
    /// <param name="Target">The variable that says where it leads; null for a fixed address.</param>
    /// <param name="Fixed">The address, where it is fixed.</param>
    public sealed record Link(IReadOnlyList<TemplatePiece> Label, Place? Target, Uri? Fixed) : TemplatePiece;
}

internal enum TemplateBlockKind
{
    Paragraph,
    Heading,
    List,
    Info,
    Warning,
    Expiry,
    Button,
    Code,
    Quote,
    Items,

    /// <summary>Is not in the mail itself: what a mailbox shows after the subject.</summary>
    Preview,
}

/// <summary>Lines that belong together: of a paragraph or a box, or the points of a list.</summary>
internal sealed record TemplateBlock(TemplateBlockKind Kind, IReadOnlyList<IReadOnlyList<TemplatePiece>> Lines);
