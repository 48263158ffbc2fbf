using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Portal.Components.Ui;

/// <summary>What nobody sees at first: drawn a breath after the page is live, so that whoever clicks at once does not wait for it.</summary>
internal sealed class Later : ComponentBase
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(250);

    private bool isDue;

    [Parameter, EditorRequired]
    public RenderFragment ChildContent { get; set; } = default!;

    /// <summary>HTML that keeps the place until then.</summary>
    [Parameter, EditorRequired]
    public string Meanwhile { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (isDue)
            builder.AddContent(0, ChildContent);
        else
            builder.AddMarkupContent(1, Meanwhile);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        await Task.Delay(Breath);
        isDue = true;
        StateHasChanged();
    }
}
