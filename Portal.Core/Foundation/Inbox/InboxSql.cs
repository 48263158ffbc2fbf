using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Portal.Core.Foundation;

/// <summary>
/// The one statement of the intake, prepared once for a whole group: tracking each row would cost more than writing it. Whether an event is here
/// already, the unique index says: a statement that asked first could write several rows, for all that SQLite knows, and would be three times as
/// slow for the copies it keeps of every page in case it has to be undone.
/// </summary>
internal static class InboxSql
{
    private const string Statement = """
        INSERT INTO Inbox (Provider, EventId, Type, Body, ReceivedAt, NextTryAt, ClientId, State, Tries, IsSandbox)
        VALUES (@provider, @event, @type, @body, @received, @due, @client, @state, 0, @sandbox)
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
