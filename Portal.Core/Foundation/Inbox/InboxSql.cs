using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Portal.Core.Foundation;

/// <summary>
/// The one statement of the intake, prepared once for a whole group: tracking each row would cost more than writing it. Both databases take it as it
/// stands; where two hosts bring the same event in one moment, the unique index lets one of them in.
/// </summary>
internal static class InboxSql
{
    private const string Statement = """
        INSERT INTO Inbox (Provider, EventId, Type, Body, ReceivedAt, NextTryAt, ClientId, State, Tries, IsSandbox)
        SELECT @provider, @event, @type, @body, @received, @due, @client, @state, 0, @sandbox
        WHERE NOT EXISTS (SELECT 1 FROM Inbox WHERE EventId = @event AND Provider = @provider)
        """;

    /// <returns>Of each request, how many of its rows were new.</returns>
    public static List<int> Insert(PortalDb db, List<IReadOnlyList<InboxRow>> requests)
    {
        using var command = Command(db);
        var (provider, id, type) = (Parameter(command, "@provider", DbType.String, InboxRow.LongestProvider), Parameter(command, "@event", DbType.String, InboxRow.LongestEventId), Parameter(command, "@type", DbType.String, InboxRow.LongestType));
        var (body, received, due) = (Parameter(command, "@body", DbType.Binary, -1), Parameter(command, "@received", DbType.DateTime2, 0), Parameter(command, "@due", DbType.DateTime2, 0));
        var (client, state, sandbox) = (Parameter(command, "@client", DbType.Int64, 0), Parameter(command, "@state", DbType.String, 32), Parameter(command, "@sandbox", DbType.Boolean, 0));
        return requests.ConvertAll(rows => rows.Sum(row =>
        {
            (provider.Value, id.Value, type.Value, body.Value, received.Value) = (row.Provider, row.EventId, row.Type, row.Body, row.ReceivedAt);
            (due.Value, client.Value, state.Value, sandbox.Value) = ((object?)row.NextTryAt ?? DBNull.Value, (object?)row.ClientId ?? DBNull.Value, row.State.ToString(), row.IsSandbox);
            return Execute(command);
        }));
    }

    private static int Execute(DbCommand command)
    {
        try
        {
            return command.ExecuteNonQuery();
        }
        catch (DbException e) when (DbErrors.Translate(e) is Conflict)
        {
            return 0;
        }
    }

    // Made by EF, so that it belongs to the lane's connection and transaction.
    private static DbCommand Command(PortalDb db)
    {
        var made = db.GetService<IRelationalCommandBuilderFactory>().Create().Append(Statement).Build();
        return made.CreateDbCommand(new(db.GetService<IRelationalConnection>(), null, null, db, db.GetService<IRelationalCommandDiagnosticsLogger>()), Guid.Empty, DbCommandMethod.ExecuteNonQuery);
    }

    private static DbParameter Parameter(DbCommand command, string name, DbType type, int size)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.DbType) = (name, type);
        if (size != 0)
            parameter.Size = size;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
