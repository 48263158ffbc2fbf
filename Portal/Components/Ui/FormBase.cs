using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Portal.Core.Foundation;

namespace Portal.Components.Ui;

/// <summary>A form that stands by itself, in a dialog or a card: refusals become messages beside the fields, and nothing typed is lost.</summary>
public abstract class FormBase : ComponentBase
{
    private bool wasRefused;
    private bool isBusy;

    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The act and its object: "Create client".</summary>
    [Parameter, EditorRequired]
    public string Submit { get; set; } = "";

    /// <summary>Does it. A refusal stays in the form, with what was typed.</summary>
    [Parameter, EditorRequired]
    public EventCallback OnSubmit { get; set; }

    [Parameter]
    public string? About { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    protected IJSRuntime Js { get; set; } = default!;

    protected FieldErrors Errors { get; private set; } = default!;

    /// <summary>What is wrong and belongs to no field.</summary>
    protected string? Trouble { get; private set; }

    protected string? Busy => isBusy ? "true" : null;

    protected override void OnInitialized() => Errors = new(Id);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!wasRefused)
            return;
        wasRefused = false;

        // Known only after the fields have asked for theirs.
        if (string.Join(" ", Errors.Others) is { Length: > 0 } others)
        {
            Trouble = others;
            StateHasChanged();
        }

        await Js.InvokeVoidAsync("portal.focusBad", Id);
    }

    /// <summary>After it was done and the draft forgotten.</summary>
    protected virtual Task FinishAsync() => Task.CompletedTask;

    protected async Task SubmitAsync()
    {
        if (isBusy)
            return;
        (isBusy, Trouble, Errors) = (true, null, new(Id));
        try
        {
            await OnSubmit.InvokeAsync();
            await Js.InvokeVoidAsync("portal.done", Id);
            await FinishAsync();
        }
        catch (Invalid invalid)
        {
            (Errors, wasRefused) = (new(Id, invalid.Errors), true);
        }
        catch (PortalException refused)
        {
            Trouble = refused.Message;
        }
        finally
        {
            isBusy = false;
        }
    }
}
